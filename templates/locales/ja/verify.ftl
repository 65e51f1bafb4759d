# 記録の照合(verify)の結果。
verify-good = 記録は、書かれたときのままです。変更履歴 { $rows } 行({ $chains } 系列)と、記録 { $things } 件を確かめました。
verify-good-erased = 記録は、書かれたときのままです。変更履歴 { $rows } 行({ $chains } 系列)と、記録 { $things } 件を確かめました。うち { $erased } 行は内容が消去されており、そのことも記録されています。
verify-differs = 記録に、書かれたときと違うところがあります。最初に見つかったもの: { $difference }
verify-difference = { $place }: { $what }
verify-place-row = 変更履歴 { $chain } の { $seq } 行目
verify-place-chain = 変更履歴 { $chain }
verify-place-table = 表 { $table }
verify-place-seal = 封印
verify-place-thing = { $kind ->
        [house] { object-house }
        [person] { object-person }
        [provider] { object-provider }
        [contact] { object-contact }
        [contract] { object-contract }
        [clause] { object-clause }
        [agreement] { object-agreement }
        [incident] { object-incident }
        [entry] { object-entry }
        [promise] { object-promise }
        [ask] { object-ask }
        [ruled_out] { object-ruled_out }
        [contradiction] { object-contradiction }
        [change] { object-change }
        [notice] { object-notice }
        [attachment] { object-attachment }
        [share] { object-share }
        [opening] { object-opening }
        [verdict] { object-verdict }
        [credit_claim] { object-credit_claim }
        [paper] { object-paper }
       *[other] { $kind }
    } { $id }
verify-unreadable = そこに書かれるはずのない値です({ $why })。
verify-gap = この行の前の行が欠けています。
verify-prev = 前の行とつながっていません。
verify-payload = 内容が、書かれたときと違います。
verify-hash = 行が、書かれたときと違います。
verify-count = 行の数が、書かれたときと違います。
verify-head-hash = 最後の行が、書かれたときと違います。
verify-no-head = 末尾の控えがありません。
verify-no-chain = 始められた記録がありますが、系列がなくなっています。
verify-not-opened = 始められた記録がありません。
verify-not-ledgered = 変更履歴にありません。
verify-gone = 変更履歴にはありますが、本体がなくなっています。
verify-other-chain = 別の系列に記録されています。
verify-erased = 最後の状態の内容が消されています。
verify-field = 「{ $field }」が、最後に記録された値と違います。
verify-taken-out = 内容が取り除かれていますが、消去したという記録がありません
verify-stray-rows = どの記録にも属さない行があります。
verify-unknown-table = この版の知らない表です。
verify-no-table = 表がありません。
verify-not-as-sealed = 封印したときの記録と違います。
verify-seal-broken = 封印そのものが書き換えられています。
verify-file-missing = ファイルの中身がありません。
verify-file-altered = ファイルの中身が、預けられたときと違います。

# 書面との照合に verify --against が答えること。
against-print = { $number }、{ $audience ->
        [internal] { audience-internal }
        [meeting] { audience-meeting }
        [provider] { audience-provider }
       *[other] { $audience }
    }、{ $at }
against-agrees = 記録は書面({ $print })のとおりです。その後の変更は{ $n }件で、書面の内容には及びません。
against-differs = 記録は書面({ $print })と違っています。その後の変更は{ $n }件です。
against-differs-at-head = 記録は書面({ $print })と違っていますが、案件にはその後何も書かれていません。契約、会社、人の記録が変わったか、書面が書き換えられています。
against-other-chain = 書面({ $print })は、この記録のものではありません。書面にあるハッシュが変更履歴にありません。別のところで作られたか、書面か変更履歴が書き換えられています。
against-thing = { $kind ->
        [incident] { object-incident }
        [entries] { object-entry }
        [statements] 発言
        [promises] { object-promise }
        [asks] { object-ask }
        [agreements] { object-agreement }
        [clauses] { object-clause }
        [contradictions] { object-contradiction }
        [changes] { object-change }
        [ruled_out] { object-ruled_out }
        [files] { object-attachment }
        [verdicts] { object-verdict }
       *[other] { $kind }
    }「{ $words }」
against-added = 追加: { $thing }
against-gone = 書面の宛先にはもう示されません: { $thing }
against-struck = 取消: { $thing } 理由: { $reason }
against-changed = 変更: { $thing } の { $field }:「{ $was }」とありましたが、今は「{ $now }」です
# 封印。
seals-title = 封印
seals-lead = 封印は、変更履歴のすべての系列がどこまで進んでいるかを一つのファイルに書いたものです。記録を書き換えられる人の手の届かないところに置いておけば、それより前が書き換えられていないことを、何年後でも示せます。
seals-no-plan = 自動の封印はありません。--seal-mail、--seal-post、--seal-stamp のどれかを付けてサーバーを起動するか、「tellonce verify --seal ファイル」で作ってください。
seals-at = 作成
seals-file = 保管するファイル
seals-kept = 渡した先
seals-check = 確かめるには「tellonce verify --against ファイル」を実行します。
seal-chains = { $count } 系列
seal-mailed = メールで送信済み
seal-mail-waits = メールは送信待ち
seal-posted = { $at } に送信
seal-stamped = 時刻認証局の認証 { $at }
seal-next = 次は { $at }
seal-given-up = 再試行を終了しました(未送信)
seal-trouble-post = 送信先が受け取りませんでした
seal-trouble-authority = 時刻認証局が応答しないか、拒否しました
seal-trouble-answer = 時刻認証局の返答は、この封印の時刻認証ではありません
seal-mail-subject = { $company } の封印({ $day })
seal-mail-body = { $company } の記録の、{ $day } 時点の封印です。
    記録を書き換えられる人の手の届かないところに、このメールを保管してください。ほかにすることはありません。

    ハッシュ値: { $digest }

    記録が疑われたときは、以下をファイルに保存し、「tellonce verify --against ファイル」を実行すると、それより前が書き換えられていないかを確かめられます。
