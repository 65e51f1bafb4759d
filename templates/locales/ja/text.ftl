# 文字の入力欄。
text-error-empty = 入力してください。
text-error-too-long = { $limit }文字までです(現在{ $given }文字)。
