// What makes the pages more comfortable. Everything works without it.

import "./elsewhere.js";
import "./keys.js";
import "./live.js";
import "./moments.js";
import "./orders.js";
import "./paste.js";
// These last: what is put back is heard of by the others, and seen before anything is folded away.
import "./drafts.js";
import "./folds.js";
import "./problems.js";
import "./sending.js";
