# どのページにもある文言。

skip-to-content = 本文へ
nav-label = 主なページ
nav-people = 利用者
nav-house = 会社の設定
logout = ログアウト
# $time はこのデータの時計の今。
demo-line = 見本の話です。いまは { $time }
demo-label = 見本のデータ
save = 保存する

field-optional = 任意
problem-two-companies = 契約先は1社です。上で選ぶか、ここに名前を入れるか、どちらか一方にしてください。
problem-choice = 選択肢の中から選んでください。
problem-stale = 開いている間に、ほかの人が変更しました。下は、いま入力した内容です。確かめて、もう一度保存してください。
problem-busy = 混み合っていて保存できませんでした。入力はそのまま残っています。もう一度送ってください。
problem-away = いまデータベースから応答がないため、保存できていないおそれがあります。入力はそのまま残っています。もう一度送ってください。二重に記録されることはありません。
problem-moved = 記録が別のデータベースに移されたため、保存できませんでした。入力はそのまま残っています。控えておき、新しい場所で起動し直すよう管理者に伝えてください。
problem-key-reused = このフォームは、前に別の内容で送信済みです。前の内容は保存されています。この内容も別に保存するときは、もう一度送ってください。
problem-fault = Tellonce の側で問題が起き、保存できませんでした。入力はそのまま残っています。もう一度送ってください。

flash-saved = 保存しました。
flash-welcome = 準備ができました。ようこそ。
flash-logged-out = ログアウトしました。

message-home = 最初のページへ
message-reference = お問い合わせの際の番号: { $reference }

message-not-found-title = ページが見つかりません
message-not-found-what = このアドレスのページはないか、あなたには公開されていません。
message-not-found-do = 記録は何も変わっていません。アドレスを確かめるか、最初のページから開き直してください。

message-forbidden-title = この操作はできません
message-forbidden-what = あなたの権限では、この操作はできません。
message-forbidden-do = 記録は何も変わっていません。必要なときは、管理者に権限の変更を頼んでください。

message-cross-site-title = ほかのサイトからの送信は受け付けません
message-cross-site-what = この送信は Tellonce のページからのものと確かめられませんでした。何も保存していません。
message-cross-site-do = Tellonce のページを開き直して、そこから送ってください。

message-too-large-title = 大きすぎて受け取れません
message-too-large-what = 送られた内容が上限(文字は4 MB、ファイルは25 MB)を超えています。何も保存していません。
message-too-large-do = 前のページに戻ると、入力は残っています。短くするか、いくつかに分けて送ってください。

message-too-slow-title = 送信が途中で止まりました
message-too-slow-what = 内容が最後まで届きませんでした。何も保存していません。
message-too-slow-do = 前のページに戻ると、入力は残っています。つながりを確かめて、もう一度送ってください。

message-unreadable-title = 送られた内容を読み取れません
message-unreadable-what = 届いた内容がフォームの形になっていません。何も保存していません。
message-unreadable-do = 前のページに戻り、ページを開き直してから、もう一度送ってください。

message-stale-title = ほかの人が先に変更しました
message-stale-what = 開いている間に変更があったため、保存していません。
message-stale-do = 前のページに戻り、開き直して新しい内容を確かめてから、もう一度行ってください。

message-key-reused-title = このフォームは送信済みです
message-key-reused-what = 同じフォームが、すでに別の内容で受け付けられています。今回の内容は保存していません。
message-key-reused-do = 前の送信の結果を確かめ、必要なら新しいページから入力し直してください。

message-busy-title = 混み合っています
message-busy-what = ほかの処理が続いているため、今は受け付けられませんでした。何も保存していません。
message-busy-do = 少し待って、もう一度行ってください。入力は前のページに残っています。

message-away-title = データベースから応答がありません
message-away-what = Tellonceは動いていますが、いまデータベースにつながりません。記録はそのまま残っています。
message-away-do = 少し待って、もう一度行ってください。続くときは管理者に知らせてください。入力は前のページに残っています。
message-moved-title = 記録が移されました
message-moved-what = この記録は別のデータベースに移されました。ここにはもう書けません。何も保存していません。
message-moved-do = 新しい場所で起動し直すよう、管理者に伝えてください。入力は前のページに残っています。

message-fault-title = Tellonce の側で問題が起きました
message-fault-what = 処理を終えられませんでした。この操作では何も保存していません。それまでの記録は無事です。
message-fault-do = もう一度行ってください。続くときは、下の番号を管理者に伝えてください。

message-reset-gone-title = このリンクは使えません
message-reset-gone-what = 期限が切れたか、すでに使われたか、新しいリンクが作られています。
message-reset-gone-do = パスワードを決め終えていれば、それでログインしてください。まだのときは、管理者に新しいリンクを頼んでください。
message-setup-gone-title = この準備用リンクは使えません
message-setup-gone-what = リンクの期限が切れたか、準備はすでに済んでいます。
message-setup-gone-do = 準備が済んでいればログインしてください。まだのときは、tellonce serve を起動し直すと新しいリンクが表示されます。
form-look-again = まだ保存していません。印の付いた欄を確かめてください。
flash-first-incident = 通話を記録する案件がまだありません。まず案件を記録してください。会社も一緒に登録できます。
