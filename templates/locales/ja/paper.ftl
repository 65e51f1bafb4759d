### 紙の経緯報告書

paper-name = 経緯報告書
paper-name-outward = 経緯およびご確認事項
paper-one-page = {"(1枚)"}
paper-decide = 本日、決めたいこと
paper-one-page-cut = この1枚に収まらないものは、報告書にあります。
paper-qr = 現在の記録のページへ
paper-provider = 契約先 { $company }
paper-as-of = { $time } 現在
paper-separator = {" · "}
paper-label = { $label }{"　"}

## 柱とフッター
paper-fingerprint = 指紋 { $fingerprint }(変更履歴 { $changes }件)
paper-no-opinion = 当社の記録であり、法的な判断ではありません
paper-attachment = この書面の元になった記録のデータ。tellonce verify --against で現在の記録と照合できます
paper-printed = { $time } 印刷

## 日時
paper-ends = {" "}({ $ends })

## 要約
paper-brief-what = 何が
paper-brief-affected = 影響
paper-brief-times = 日時
paper-brief-down = 停止時間
paper-brief-cause = 原因
paper-brief-parties = 関係会社
paper-by = {" · "}{ $company }による
paper-down-still = (継続中)
paper-down-mitigated-by = {" · "}{ $company }の応急対応で回復。原因は残っている
paper-down-mitigated = {" · "}応急対応で回復。原因は残っている
paper-down-mitigated-outward = {" · "}当社側の応急対応で再開。復旧は未確認
paper-down-restored-by = {" · "}{ $company }が復旧
paper-down-restored = {" · "}復旧
paper-party = { $company }({ $role })

## 数字
paper-figures = 数字
paper-figures-note = 通話・待ち時間・説明の回数は{ $company }とのもの。約束と食い違いは全社の合計。
paper-figure-calls = つながった通話
paper-figure-calls-unit = { $n }回
paper-figure-calls-detail = ほかに他社 { $others }回、社内 { $own }回
paper-figure-attempts = つながらず
paper-figure-attempts-unit = { $n }回
paper-figure-waiting = 待ち時間
paper-figure-talking = 話した時間
paper-figure-people = 話した相手
paper-figure-people-unit = { $n }人
paper-figure-told = 一からの説明
paper-figure-told-unit = { $n }回
paper-figure-told-in-all = 計 { $time }
paper-figure-told-again = うち2回目以降 { $n }回・{ $time }
paper-figure-promises = 約束・回答期限
paper-figure-promises-unit = { $n }件
paper-figure-promises-overdue = 期限経過 { $n }
paper-figure-promises-broken = 期限経過・未履行 { $n }
paper-figure-promises-open = 未確認 { $n }
paper-figure-promises-kept = 履行 { $n }
paper-figure-promises-moved = 変更 { $n }
paper-figure-promises-withdrawn = 取り下げ { $n }
paper-figure-contradictions = 食い違い
paper-figure-contradictions-unit = { $n }件
paper-waiting-attempts = つながらず { $time }
paper-waiting-before-answer = 応答まで { $time }
paper-waiting-transfer = 取次ぎ { $time }
paper-waiting-hold = 保留 { $time }

## 約束
paper-promises = 約束・回答期限
paper-promises-outward = お約束いただいたこと
paper-promises-words = 約束
paper-promises-given = 誰が・いつ
paper-promises-due = 期限
paper-promises-state = 結果
paper-due-ours = 当社で定めた期限
paper-settled = に確認
paper-settled-outward = に確認
paper-settled-late = に連絡あり
paper-settled-late-outward = にご連絡

## 食い違い
paper-heard = 貴社からのご説明
paper-contradictions = 食い違い
paper-contradictions-outward = ご確認いただきたい点
paper-contradictions-note = 「」内は聞き取りによる記録(録音なし)。
paper-clause = 条項 { $number }
paper-agreement = 特約
paper-verbatim = 「{ $words }」
paper-gist = { $words }(要旨)

## 質問・要求
paper-asks = 質問・要求
paper-asks-outward = ご回答いただきたいこと
paper-asked-of = { $company }あて
paper-answer-blank = ご回答

## 特約と条項
paper-agreements = 取り決めと条項
paper-agreement-how = 方法
paper-agreement-with = 相手
paper-agreement-standing = 裏づけ
paper-agreement-evidence = 証拠
paper-agreement-before = この特約が優先する条項
paper-agreement-contract = 契約

## 変更と通知
paper-changes = 変更と通知
paper-from-before = {""}
paper-from-after = から
paper-not-known = 不明
paper-notice-sent = 発信
paper-notice-received = 到着
paper-notice-registered = 当社が登録した宛先
paper-notice-unregistered = 当社が登録していない宛先

## 切り分け
paper-ruled-out = 切り分け済み・採れない対処
paper-ruled-out-kind = 区分
paper-ruled-out-what = 内容
paper-ruled-out-why = 確認の結果・理由

## 話した相手
paper-files = 添付の記録
paper-files-name = 名前
paper-files-size = 大きさ
paper-files-sha256 = SHA-256
paper-people = 話した相手
paper-people-who = 部署・担当
paper-people-calls = 通話
paper-people-told = 一からの説明
paper-times = { $n ->
    [0] －
   *[other] { $n }回
}

## 経緯
paper-timeline = 経緯
paper-timeline-note = 「」は聞き取りによる記録(録音なし)。点線の下線はおおよその日時。
paper-act-at = { $does }({ $at })
paper-corrected = { $at } の回答で訂正
paper-confirmed = { $at } の回答で確認
paper-see-promise = 約束{ $n }
paper-see-contradiction = 食い違い{ $n }
paper-see-contradiction-outward = ご確認{ $n }
paper-sentence-space = {""}
paper-recorded-by-one = 記録はすべて{ $name }。
paper-told-again = 一からの説明は通算{ $n }回目
paper-dialled = 発信
paper-rang = 着信
paper-answered = 応答
paper-ended = 終了
paper-recorded-by = 記録 { $name }
paper-file = 添付 { $name }(SHA-256 { $sha256 }…)

## 印刷できなかった文字
paper-substitutions = 印刷できなかった文字
paper-substitutions-note = 書体にない文字は「〓」で示し、見えない制御文字は省いた。元の文字は記録に残っている。
paper-substitutions-code = 文字コード
paper-substitutions-shown = 表示
paper-substitutions-count = 回数
paper-substitutions-nothing = (省略)

## 契約先に向けて、おだやかに
paper-standing-established-outward = 双方で確認済み
paper-standing-theirs-outward = ご説明による
paper-standing-ours-outward = 当社の記録による
paper-outcome-refused-outward = つながらず
paper-audience-provider-outward = ご契約先用
