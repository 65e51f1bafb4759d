# コマンドの出力。

cli-setup-link = 次のリンクを開いて、最初の管理者を登録してください(24時間有効、一度だけ使えます): { $link }
cli-company-unnamed = (会社名未設定)
cli-user-added = 利用者 { $login } を追加しました。
cli-user-password-set = { $login } のパスワードを設定しました。今のログインはすべて切れました。
cli-user-disabled = { $login } の利用を停止しました。
cli-user-unknown = ログイン名 { $login } の利用者はいません。tellonce user list で確かめてください。
cli-made-up-password = パスワード: { $password }
cli-incident-unknown = { $number } という案件はありません。
cli-against-unreadable = { $file } は封印としても書面としても読めません。verify --seal の書いたファイルか、報告書のPDFか、書き出したJSONを指定してください。
cli-seal-exists = { $file } はもうあります。上書きはしません。別の名前を指定してください。
cli-sealed = { $file } に封印しました。記録を書き換えられる人の手の届かないところに保管してください。verify --against で照合できます。
cli-table-is-for-csv = --table は --format csv と一緒に使います。
cli-csv-holds-one-table = CSV ファイルに入る表は一つです。--table entries などで表を選ぶか、すべての表を入れる zip の名前を指定してください。
