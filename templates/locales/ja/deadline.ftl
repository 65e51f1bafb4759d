# 期限。
deadlines = 期限
deadlines-near = 今後14日の期限
deadlines-all = すべての期限
deadlines-more = ほか{ $count }件
deadlines-lead = 完了していない案件の、減額の請求・対応・復旧の期限と約束です。
deadlines-in-calendar = カレンダーで見る
deadlines-by-mail = メールでお知らせを受け取る
deadlines-none = 期限のあるものはありません。
deadline-column-when = 期限
deadline-column-what = すること
deadline-column-side = 誰が
deadline-side-us = 当社
deadline-side-company = 契約先
deadline-what-claim = { $company }に料金の減額を請求する({ $about })
deadline-what-response = { $company }が対応する({ $about })
deadline-what-restoration = { $company }が復旧する({ $about })
deadline-what-promise = { $company }の約束「{ $about }」
deadline-what-promise-ours = 当社の約束「{ $about }」
deadline-due = { $at }
deadline-or-later = { $first }(読み方によっては{ $last })
deadline-passed = 期限経過({ $at })
calendar-name = Tellonceの期限
calendar-summary = { $what } { $incident }
calendar-description = { $by } まで
    { $incident }
    { $company }
reminder-lead = { $at } 現在の期限です。
reminder-part = { $near }({ $side })
reminder-overdue = 期限を過ぎています
reminder-today = 今日が期限です
reminder-coming = まもなく期限です
reminder-ours = 当社がすること
reminder-theirs = 契約先がすること
reminder-claim-left = { $count ->
        [0] 請求できるのは今日まで
       *[other] 請求の期限まであと{ $count }日
    }
reminder-subject = { $count ->
        [0] { $first }
       *[other] { $first } ほか{ $count }件
    }
reminder-subject-overdue = 【期限経過】{ $what }
reminder-subject-today = 【今日が期限】{ $what }
reminder-subject-coming = 【あと{ $count }日】{ $what }
reminder-all = すべての期限:
reminder-why = このメールは、ご自身で選ばれたお知らせです。時刻の変更や停止はこちら:
