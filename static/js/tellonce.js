// What makes the pages more comfortable. Everything works without it.

import "./keys.js";
import "./moments.js";
import "./paste.js";
// Last, so that the others hear of what it puts back.
import "./drafts.js";
