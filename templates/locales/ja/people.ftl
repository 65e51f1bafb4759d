# ログイン、準備、利用者、会社の設定。

login-title = ログイン
login-login = ログイン名
login-password = パスワード
login-button = ログイン
login-help = パスワードが分からないときは、管理者に新しいパスワードの設定を頼んでください。
login-kept = 送信の前にログインの期限が切れました。入力した内容は失われていません。ログインすると、確かめて送り直せます。
login-wrong = ログイン名かパスワードが違います。
login-again = ページを開いてから時間がたったため、確認できませんでした。もう一度送ってください。
# $minutes は待つ分の数。
login-throttled = 失敗が続いたため、ログインを一時止めています。{ $minutes }分ほど待って、もう一度お試しください。

kept-title = 入力した内容は残っています
kept-lead = ログインし直したため、まだ保存されていません。内容を確かめて、送り直してください。
kept-send = この内容で送る
kept-drop = 送らずに捨てる

setup-title = はじめの準備
setup-lead = 会社と、最初の管理者を登録します。このリンクは一度だけ使えます。
setup-house = 会社
setup-admin = 最初の管理者
setup-locale = 言語
setup-button = 準備を終えて始める

house-title = 会社の設定
house-lead = 会社名は、会議用や契約先向けの書類にも印刷されます。
house-company = 会社名
house-company-hint = 例: 株式会社例示
house-locale = 会社の言語
house-locale-hint = 特定の人に向けたものでない書類や通知に使います。

locale-ja = 日本語
locale-en = English

role-admin = 管理者
role-member = 編集者
role-reader = 閲覧者
role-says-admin = 管理者: 記録のほか、利用者と会社の設定も変えられます
role-says-member = 編集者: 記録を読み、書けます
role-says-reader = 閲覧者: 記録を読み、印刷できます

person-name = 氏名
person-name-hint = 記録や書類に出る名前です。
person-login = ログイン名
person-login-hint = 英小文字、数字、「.」「-」「_」で64字まで。例: sato
person-role = 権限
person-locale = 画面の言語
person-zone = タイムゾーン
person-zone-hint = 例: Asia/Tokyo。時刻はこのタイムゾーンで表示します。
person-password = パスワード
person-password-hint = 12字以上。いくつかの言葉をつなげると覚えやすくなります。
person-me = あなた
person-disabled = 停止中
person-record = 登録内容

people-title = 利用者
people-lead = ここに登録した人がログインできます。停止した人の記録は、そのまま残ります。
people-none = 利用者はまだいません。
people-add = 利用者を追加
people-add-button = 追加する
people-first-password = 最初のパスワード
people-first-password-hint = 12字以上。本人に伝え、ログイン後に変えてもらってください。
people-disable = 利用を停止する
people-disable-lead = すぐにログアウトになり、ログインできなくなります。この人が書いた記録は残ります。
people-enable = 利用を再開する
people-enable-lead = 以前のパスワードで、またログインできるようになります。

problem-login-taken = このログイン名はすでに使われています。
problem-login-shape = 英小文字、数字、「.」「-」「_」だけで、64字までにしてください。
problem-password-short = 12字以上にしてください。
problem-password-long = 長すぎます。1,024バイトまでにしてください。
problem-password-common = このパスワードは真っ先に試されるものです。関係のない言葉をいくつか組み合わせてください。
problem-password-wrong = 今のパスワードが違います。
problem-zone = このタイムゾーンはありません。Asia/Tokyo のように入力してください。
problem-last-admin = 最後の管理者です。先に、ほかの人を管理者にしてください。
problem-self = 自分自身を停止することはできません。ほかの管理者に頼んでください。

flash-person-added = 利用者を追加しました。
flash-person-disabled = 利用を停止しました。
flash-person-enabled = 利用を再開しました。
flash-password-set = パスワードを設定しました。

account-title = アカウント
account-screens = 画面の表示
account-calendar = カレンダー
account-calendar-lead = 期限(減額の請求、対応、復旧、約束)を、お使いのカレンダーで読むためのアドレスです。ご自分が見られる案件だけが載ります。
account-calendar-make = カレンダー用アドレスを作る
account-calendar-renew = アドレスを作り直す
account-calendar-revoke = アドレスを無効にする
account-calendar-since = { $at } に作ったアドレスが有効です。作り直すと、今のアドレスは使えなくなります。
account-calendar-once = このアドレスは今だけ表示されます。カレンダーの「URLで追加」に貼り付けてください。知っている人は誰でも読めます。
account-calendar-address = カレンダー用アドレス
flash-calendar-revoked = カレンダー用アドレスを無効にしました。
account-reminders = メールでのお知らせ
account-reminders-lead = 今日が期限のもの、またはこの30日のうちに期限を過ぎたものがある日と、減額の請求期限の14日前・3日前に、メールを1通お送りします。期限の過ぎたもの、今日のもの、7日以内のものを並べます。ご自分が見られる案件だけが載ります。それ以外の日には届きません。
account-reminders-no-server = メールサーバーが設定されていないため、お知らせは送られません。
account-reminders-neither = お知らせの内容を選んでください。
account-reminders-on = 期限のお知らせを受け取っています。
account-reminders-off = ここで選ぶまで、お知らせは届きません。
account-reminders-address = 送り先のメールアドレス
account-reminders-at = 期限のお知らせを送る時刻
account-reminders-at-hint = ご自分のタイムゾーンの時刻です。今日のその時刻を過ぎているときは、今日の分が数分以内に届きます。
account-reminders-stop = お知らせをすべて止める
account-deadlines = 期限をメールで知らせる
account-replies = 共有ページに回答があったらメールで知らせる
account-replies-hint = 回答があるたびに、すぐお送りします。ご自分が見られる案件だけです。誰が何をしたかと、その記録へのリンクが載ります。
account-replies-on = 回答のお知らせを受け取っています。
account-replies-last = 前回の回答のお知らせ:
account-reminders-last = 前回の期限のお知らせ:
problem-time = 08:00 のように、時刻を入れてください。
flash-reminders-chosen = メールでお知らせします。
flash-reminders-stopped = お知らせを止めました。
account-password = パスワードの変更
account-password-lead = 変更すると、ほかの端末でのログインは切れます。
account-current = 今のパスワード
account-new = 新しいパスワード
account-password-button = パスワードを変更する
house-more = 会社全体の管理
house-security = アカウントの記録
house-says-security = ログイン、失敗、パスワードや二段階認証の変更など。400日間保管します。
house-tokens = プログラムからの利用(API)
house-says-tokens = 全員のトークン。誰のものか、何ができるか、最後にいつ使われたか。
house-webhooks = 外部への通知(Webhook)
house-says-webhooks = 案件の動きを、ほかのシステムに知らせます。
house-backups = バックアップ
house-says-backups = いつ、どこに作られたか。使えることを毎回確かめています。
house-seals = 封印
house-says-seals = 記録全体の指紋。誰かが後から書き換えても、分かるようにします。
login-not-set-up = まだ初期設定がされていません。サーバーの出力(サービスなら journalctl --unit tellonce)にあるリンクを開いてください。
account-no-keys = このブラウザーでは、一文字のキー操作(c や /、通話画面のキー)を使わない
