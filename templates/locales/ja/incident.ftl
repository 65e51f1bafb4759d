# 案件の画面。
from-to = { $from }〜{ $to }
quoted = 「{ $words }」
times = { $count }回
recorded-at = { $at }に記録
all-day = 時刻は不明
struck = 取消
gap = { $span }の間

nav-incidents = 案件
nav-providers = 契約先
incident-parties = 関係先
incident-cause-stands = 原因は残っています
incident-changes = 変更{ $count }件を記録
as-of = { $at } 現在
record = 変更履歴(改ざん検知付き)

action-record-call = 通話を記録する
action-record-attempts = つながらなかった電話を記録する
action-add-entry = 記録を足す
action-add-short = 記録を足す
action-add-observation = 確認したことを記録する
action-print-meeting = 会議用PDF
action-print-one-page = 1枚にまとめたPDF
action-print-provider = 契約先用PDF
action-edit = 案件を訂正
action-times = 日時を記録・訂正
thumb-label = すぐ使う操作

link-history = 履歴
link-correct = 訂正
link-standing = 扱いを決める
link-strike = 取り消す
link-add-statement = 発言を足す
link-settle = 結果を記録
link-add = 足す
link-closure = 完了にする
add-ask = 質問・要求を足す
add-ruled-out = 切り分けを足す
add-contradiction = 食い違いを足す
add-notice = 通知を足す
add-mail-file = メールのファイル(.eml)を読み込む

brief = 要約
brief-what = 何が
brief-what-missing = まだ書かれていません
brief-when = いつから
brief-when-missing = 発生した日時はまだ入っていません
brief-goes-on = 続いています
brief-so-far = 経過
brief-affected = 影響
brief-cause = 原因
brief-cause-missing = まだ分かっていません
brief-agreed = 取り決め
brief-printed = 約款の条項
brief-checked = 切り分け済み
brief-remedies = 採れない対処
brief-asks = 求めること
agreement-before = { $clause }に優先
agreement-evidence = 証拠:

contradictions = 食い違い
contradiction-number = 食い違い { $number }
against-clause = 約款 { $number }
against-agreement = 特約

timeline = 経緯
timeline-count = { $count }件
timeline-count-filtered = { $count }件中 { $shown }件を表示
times-in-zone = 時刻は { $zone }
timeline-heard = 「」は聞き取りによる記録です(録音なし)。
timeline-empty = まだ何も記録されていません。
timeline-empty-next = 電話をかける前でも、かけながらでも、終わってからでも記録できます。時刻が分からなければ「昨夜10時頃」のように入れてください。
timeline-nothing-found = この条件に合う記録はありません。
filter-kind = 種別
filter-all-kinds = すべての種別
filter-company = 会社
filter-all-companies = すべての会社
filter-words = 経緯の中を探す
filter-apply = 絞り込む
filter-clear = 絞り込みをやめる
jump-label = 日付へ移動
attempts-each = 1回ずつ見る
mile-due = 約束の期限
private-note = 自分だけのメモ

cost = 損失(概算)
cost-none = まだ見積もっていません。
cost-lost = { $people }人 × 業務の{ $percent }% × 1時間{ $rate } × { $time } = { $amount }
cost-ours = 対応に要した{ $time } = { $amount }
cost-and = { $lost }、{ $own }
counted-calls = この数に入っている通話です。
counted-attempts = この数に入っている、つながらなかった通話です。
counted-waiting = 待ち時間のあった通話です。
counted-talking = 話した通話です。
counted-people = 相手と話せた通話です。
counted-told = 一から説明した通話です。
counted-retold = 一からの説明を繰り返した通話です。
figures = 数字
figure-calls = つながった通話
figure-attempts = つながらず
figure-waiting = 待ち時間
figure-talking = 話した時間
figure-people = 話した相手
figure-told = 一からの説明
figure-retold = うち2回目以降
figure-others = ほかの会社との通話
figure-own = 社内の通話
waiting-failed = つながらず
waiting-answer = 応答まで
waiting-transfer = 取次ぎ
waiting-hold = 保留
people-count = { $count }人

promises = 約束
promises-none = 約束はまだ記録されていません。
promise-settled-at = 実際は { $at }
asks = 質問・要求
asks-none = 次の電話で尋ねることを書いておけます。
changes = 変更と通知
changes-none = 契約先の変更と、その通知の有無を書いておけます。
notice-sent = 発信 { $at }
notice-received = 到着 { $at }
notice-registered = 登録した宛先
notice-not-registered = 登録していない宛先
people-reached = 話した相手
person-calls = { $count }回
person-told = 一から説明 { $count }回
files = ファイル
fingerprint = 指紋 { $fingerprint }

# 案件の一覧。
incidents-add-provider = 契約先を登録する
incidents-count = 全{ $count }件
incidents-place = { $page } / { $pages } ページ
incidents-pages = ページの移動
incidents-search = 件名・番号で探す
incidents-status = 状況
incidents-all-states = すべての状況
incidents-duration = 期間
incidents-promise = 次の約束
incidents-overdue = 期限経過 { $count }件
incidents-unknown = 不明
incidents-empty = まだ案件はありません
incidents-empty-next = 契約先に原因のある障害や変更が起きたら、ここで案件を開きます。分かっていることだけで始められ、日時は「今朝8時半頃」のように入れられます。
incidents-nothing-found = この条件に合う案件はありません。
page-before = 前のページ
page-after = 次のページ

# 書きかけの内容(この端末に残るもの)。
draft-restored = 前に書きかけた内容を戻しました。まだ送信されていません。
draft-offered = 前に書きかけた内容が、この端末に残っています。
draft-restore = 書きかけに戻す
draft-discard = 書きかけを捨てる
incident-restricted-to = 限定: { $people } だけが閲覧できます
down = 停止時間
down-from-to = { $from }→{ $to }
down-now = 現在
