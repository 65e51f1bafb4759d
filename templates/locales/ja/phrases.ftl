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
phrase-cut-off = 途中で切断
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
