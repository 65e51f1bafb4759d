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
verify-good-erased = The record is as it was written: { $rows ->
        [one] one row
       *[other] { $rows } rows
    } of the ledger in { $chains ->
        [one] one chain
       *[other] { $chains } chains
    } and { $things ->
        [one] one thing
       *[other] { $things } things
    } on record were checked. Of the rows, { $erased ->
        [one] one has
       *[other] { $erased } have
    } no content any more: it was erased, and the record says so.
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
        [paper] { object-paper }
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
verify-taken-out = its content was taken out, and no later row says that it was erased
verify-stray-rows = there are rows that belong to nothing.
verify-unknown-table = it is not known to this version.
verify-no-table = it is missing.
verify-not-as-sealed = it is not as it was when it was sealed.
verify-seal-broken = the seal itself was written in.
verify-file-missing = the bytes of the file are missing.
verify-file-altered = the bytes of the file are not those that were kept.

# What verify --against a print answers.
against-print = { $number }, { $audience ->
        [internal] { audience-internal }
        [meeting] { audience-meeting }
        [provider] { audience-provider }
       *[other] { $audience }
    }, { $at }
against-agrees = The record says what the print says ({ $print }); { $n ->
        [0] nothing was written to the incident since.
        [one] one change was written since, of nothing in it.
       *[other] { $n } changes were written since, of nothing in it.
    }
against-differs = The record no longer says what the print says ({ $print }); { $n ->
        [one] one change was written since:
       *[other] { $n } changes were written since:
    }
against-differs-at-head = The record does not say what the print says ({ $print }), though nothing was written to the incident since. Something was written to its contracts, companies or people, or the print was altered:
against-other-chain = The print ({ $print }) is not of this record: the ledger does not go through the hash that stands in it. Either it was made elsewhere or altered, or the ledger was.
against-thing = { $kind ->
        [incident] { object-incident }
        [entries] { object-entry }
        [statements] statement
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
    } “{ $words }”
against-added = Added: { $thing }
against-gone = Not shown any more: { $thing }
against-struck = Struck out: { $thing }, because: { $reason }
against-changed = Changed: { $thing }, { $field }: it said “{ $was }”, it says “{ $now }”
# Seals.
seals-title = Seals
seals-lead = A seal says in one file where every chain of the ledger stands. Kept where nobody who could change the record can, it shows years later that nothing before it was changed.
seals-no-plan = No seals are made on their own. Start the server with --seal-mail, --seal-post or --seal-stamp, or make one with “tellonce verify --seal FILE”.
seals-at = Made
seals-file = File to keep
seals-kept = Who has it
seals-check = To check: “tellonce verify --against FILE”.
seal-chains = { $count ->
        [one] one chain
       *[other] { $count } chains
    }
seal-mailed = mailed
seal-mail-waits = the mail waits to be sent
seal-posted = posted { $at }
seal-stamped = stamped by the authority { $at }
seal-next = tried again { $at }
seal-given-up = given up
seal-trouble-post = The address did not take it
seal-trouble-authority = The authority did not answer, or refused
seal-trouble-answer = What the authority answered is no stamp over it
seal-mail-subject = Seal of { $company }, { $day }
seal-mail-body = This is the seal over the record of { $company } on { $day }.
    Please keep this mail where nobody who could change the record can reach it. You need do nothing else.

    Digest: { $digest }

    Should anybody ever doubt the record: save what follows as a file, and “tellonce verify --against FILE” shows whether anything before it was changed.
