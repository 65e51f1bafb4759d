# コマンド doctor: Tellonceの足もと。
doctor-settings = 設定と、その出どころ
doctor-findings = 調べた結果
doctor-by = { $value }  ({ $by } による)
doctor-by-default = { $value }  (指定なし)
doctor-secret = ••••
doctor-good = 良好
doctor-mind = 注意
doctor-bad = 異常
doctor-well = { $mind ->
    [0] すべて良好です。
   *[other] 異常はありません。注意が { $mind } 件あります。
}
doctor-ill = 異常が { $bad } 件あります。
doctor-why = { $why }
doctor-on-folder = データフォルダー
doctor-on-backup-folder = バックアップのフォルダー
doctor-on-database = データベース
doctor-on-replica = 複製
doctor-on-files = ファイル
doctor-on-key = 鍵
doctor-on-clock = 時計
doctor-on-record = 記録
doctor-on-backup = バックアップ
doctor-on-mail = メール
doctor-on-address = アドレス
doctor-on-proxy = プロキシ
doctor-folder = { $path } に書き込めます。
doctor-folder-room = { $path } に書き込めます。空きは { $room } です。
doctor-folder-none = { $path } はまだありません。serve が作ります。
doctor-folder-closed = { $path } は使えません: { $why }
doctor-folder-full = { $path } の空きは { $room } しかありません。空きを増やすか、移してください。
doctor-database = { $url } は応答しています({ $program })。表は最新です。
doctor-database-none = { $url } はまだありません。serve が作ります。
doctor-database-steps = { $url } は応答しています({ $program })。次の起動で表を { $steps } 段階更新します。先にバックアップを作ってください。
doctor-database-away = { $url } は応答しません: { $why }
doctor-database-follows = { $url } は別のサーバーの複製で、書き込めません。元のサーバーを --database に、これを --database-replica に指定してください。
doctor-database-forgets = { $url } は、サーバーが落ちると確定した内容を失うおそれがあります。fsync、full_page_writes、synchronous_commit を有効にしてください。
doctor-replica = { $url } は応答しています({ $program })。
doctor-replica-none = { $url } は何の複製でもありません。--database-replica には複製を指定するか、外してください。
doctor-files = { $name } にファイルを置き、取り出せます。
doctor-files-away = { $name } は使えません: { $why }
doctor-key = secret.key はデータフォルダーにあります。控えを別の場所に保管してください。
doctor-key-none = secret.key はまだありません。最初に必要になったときに作られます。
doctor-key-other = データベースの秘密は、データフォルダーにある鍵とは別の鍵で保管されています。すでに動いているサーバーの secret.key をコピーしてください。
doctor-clock = いまは { $at } です。
doctor-clock-own = データフォルダーに独自の時計があり、{ $at } を示しています。デモか試験用のデータです。
doctor-clock-differs = ここでは { $at } ですが、データベースの時計と { $seconds } 秒ずれています。どちらもNTPで合わせてください。
doctor-clock-behind = 未来の時刻 { $at } の記録があります。このサーバーの時計をNTPで合わせてください。
doctor-record-none = まだ初期設定がされていません。serve を起動し、表示されるリンクを開いてください。
doctor-backup = 最後の正常なバックアップから { $hours ->
    [0] 1時間たっていません。
   *[other] { $hours } 時間です。
}
doctor-backup-old = 最後の正常なバックアップから { $hours } 時間たっています。理由は「会社の設定 › バックアップ」で確認してください。
doctor-backup-none = 正常なバックアップがありません。--backup-dir を付けて serve を起動するか、backup FILE を実行してください。
doctor-backup-first = まだバックアップがありません。--backup-dir を付けると serve が作ります。
doctor-mail = メールサーバーに接続できます。差出人は { $from } です。
doctor-mail-none = メールサーバーが設定されていません(--smtp)。メールは送られません。
doctor-mail-away = メールサーバーを使えません: { $why }
doctor-address = { $url } はここにつながっています。
doctor-address-none = アドレスが設定されていません(--base-url)。このサーバーで { $listen } を開くだけなら十分ですが、メールに載せるリンクには必要です。
doctor-address-open = { $listen } で待ち受けていますが、アドレスが設定されていません(--base-url)。このサーバーに届く人は暗号化なしで接続します。前にhttpsのプロキシを置いてください。
doctor-address-plain = { $url } は暗号化されていません。前にhttpsのプロキシを置いてください。
doctor-address-away = ここから { $url } を開けません: { $why }。serve が動いているなら、プロキシと名前を確認してください。
doctor-address-other = { $url } はTellonceにつながっていません。応答: { $said }
doctor-proxy = プロキシが接続元を伝えていて、信用しています。
doctor-proxy-ignored = プロキシが接続元を伝えていますが、信用していないため、すべての接続が同じ場所から来たように見えます。--trust-proxy で指定してください。
doctor-proxy-silent = プロキシが接続元を伝えていません。X-Forwarded-For を送るように設定し、--trust-proxy で指定してください。
doctor-folder-open = { $path } は、このサーバーのほかの利用者にも読めます。chmod 700 '{ $path }' を実行してください。
doctor-database-moved = 記録は { $there } に移っています。--database で指定してください。
