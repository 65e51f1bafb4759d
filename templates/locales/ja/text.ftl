# 文字の入力欄。
text-error-empty = 入力してください。
text-error-too-long = { $limit }文字までです(現在{ $given }文字)。
phone-error-not-a-number = 電話番号を読み取れませんでした。「03-5555-0100」「+81 3 5555 0100」のように、番号を一つだけ書いてください。
