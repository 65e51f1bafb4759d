# What verify answers.
verify-good = The record is as it was written: { $rows ->
        [one] one row
       *[other] { $rows } rows
    } of the ledger in { $chains ->
        [one] one chain
       *[other] { $chains } chains
    } and { $things ->
        [one] one thing
       *[other] { $things } things
    } on record were checked.
verify-differs = The record is not as it was written. The first difference: { $difference }
verify-difference = { $place }: { $what }
verify-place-row = ledger, chain { $chain }, row { $seq }
verify-place-chain = ledger, chain { $chain }
verify-place-table = table { $table }
verify-place-seal = the seal
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
verify-unreadable = it is not what is written there ({ $why }).
verify-gap = a row before this one is missing.
verify-prev = it does not follow the row before it.
verify-payload = the content is not what was written.
verify-hash = the row is not what was written.
verify-count = it has not as many rows as were written.
verify-head-hash = its last row is not the last one that was written.
verify-no-head = the note of its end is missing.
verify-no-chain = it was opened, but is gone.
verify-not-opened = it was never opened.
verify-not-ledgered = the ledger does not know it.
verify-gone = it is in the ledger, but its rows are gone.
verify-other-chain = it is ledgered in another chain.
verify-erased = the content of its last state was erased.
verify-field = “{ $field }” is not as last ledgered.
verify-stray-rows = there are rows that belong to nothing.
verify-unknown-table = it is not known to this version.
verify-no-table = it is missing.
verify-not-as-sealed = it is not as it was when it was sealed.
verify-seal-broken = the seal itself was written in.
verify-file-missing = the bytes of the file are missing.
verify-file-altered = the bytes of the file are not those that were kept.
