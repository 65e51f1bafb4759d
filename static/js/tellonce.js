// What makes the pages more comfortable. Everything works without it.

import "./keys.js";
