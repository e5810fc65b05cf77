// What every page gets. Pages work without it.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  allowEval: false, // the content security policy forbids it
  allowScriptTags: false,
  historyCacheSize: 0, // what was on a page stays out of the browser's storage
  includeIndicatorStyles: false, // they would be inline
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
});
