# 記録の照合(verify)の結果。
verify-good = 記録は、書かれたときのままです。変更履歴 { $rows } 行({ $chains } 系列)と、記録 { $things } 件を確かめました。
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
verify-stray-rows = どの記録にも属さない行があります。
verify-unknown-table = この版の知らない表です。
verify-no-table = 表がありません。
verify-not-as-sealed = 封印したときの記録と違います。
verify-seal-broken = 封印そのものが書き換えられています。
verify-file-missing = ファイルの中身がありません。
verify-file-altered = ファイルの中身が、預けられたときと違います。
