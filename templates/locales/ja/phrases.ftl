# 記録・約束・引用についての言い回し。画面、PDF、メール、読み上げで同じものを使う。
phrase-typed = { $text }
phrase-then = { $before } → { $after }
phrase-beside = { $before } · { $after }
phrase-followed = { $before } { $after }
phrase-headline = { $lead } { $rest }
phrase-at = { $at }
phrase-length = { $length }

# 通話。$length は通話の長さ。
phrase-call-out = 通話 { $length }
phrase-call-out-unmeasured = 通話
phrase-call-in = 着信 { $length }
phrase-call-in-unmeasured = 着信
phrase-attempt-no-answer = つながらず(応答なし)
phrase-attempt-busy = つながらず(話し中)
phrase-attempt-voicemail = 留守番電話
phrase-attempt-refused = 受けてもらえず
phrase-attempt-missed = 不在着信
phrase-attempts = { $company }へ { $count }回
phrase-attempts-both-ways = { $company }と { $count }回
phrase-attempts-failed = つながらず
phrase-transfer = 取次ぎ { $length }
phrase-hold = 保留 { $length }
phrase-cut-off = 途中で切れた
phrase-told = 一から説明 { $length }
phrase-told-unmeasured = 一から説明
phrase-told-times = 一から説明 { $count }回 { $length }
phrase-told-times-unmeasured = 一から説明 { $count }回
phrase-colleague = 社内
phrase-somebody-at = { $company }の担当者(氏名不明)
phrase-we = 当社

# 記録そのものについて。
phrase-recorded-late = 後から記録({ $at })
phrase-corrected = 訂正{ $count }回
phrase-struck = 取消: { $reason }

# 発言の出どころ。
phrase-verbatim = 聞き取りによる記録(録音なし)
phrase-in-our-words = 要旨

# 約束と質問。
phrase-due = { $due }まで
phrase-due-ours = { $due }までと受け取り
phrase-due-none = 期限の話なし
phrase-promise-open = 未確認
phrase-promise-overdue = 期限経過
phrase-promise-overdue-by = 期限経過 { $late }
phrase-promise-broken = 期限経過・未履行
phrase-promise-broken-by = 期限経過・未履行 { $late }
phrase-promise-kept = 履行
phrase-promise-moved = 次の約束へ変更
phrase-promise-withdrawn = 取り下げ
phrase-promise-not-in-time = 期限には間に合わず
phrase-promise-unconfirmed = 確認できていません
phrase-asked-not-yet = まだ尋ねていない
phrase-asked = { $count }回尋ねた
phrase-answered = 回答あり
phrase-unanswered = 未回答
phrase-asked-now-outward = 今回お尋ねします
phrase-asked-outward = { $count }回お尋ねしています
phrase-answered-outward = ご回答をいただきました
phrase-unanswered-outward = ご回答待ち

# 共有ページからの回答。
phrase-reply-takes-over = 担当を引き受け
phrase-reply-formal = 会社としての正式な回答
phrase-reply-in-charge = 担当者としての回答
phrase-reply-confirmed = 記載のとおりと確認
phrase-reply-corrected = 訂正
phrase-reply-answered = 回答
phrase-reply-committed = 日時を約束
phrase-act-confirms = 「{ $words }」を記載のとおりと確認
phrase-act-corrects = 「{ $words }」を訂正
phrase-act-answers = 「{ $words }」への回答
phrase-act-commits = 日時の約束
phrase-act-confirms-agreement = 特約「{ $words }」を確認
phrase-act-denies-agreement = 特約「{ $words }」は確認できないとの回答
phrase-asked-on-share = 共有ページで尋ねた
phrase-answered-open = 回答あり(未確認)
