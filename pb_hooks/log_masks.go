package pb_hooks

import (
	"regexp"

	"github.com/pocketbase/pocketbase/core"
)

// opens are the parts of an address that open something: whoever reads the log
// could use them. Preview links, and the tokens of files and of passwords.
var opens = regexp.MustCompile(`(/api/app/preview/|[?&]token=)[^/?&#]+`)

// bindLogMasks keeps them out of the log of requests.
func bindLogMasks(app core.App) {
	app.OnModelCreate(core.LogsTableName).BindFunc(func(e *core.ModelEvent) error {
		if entry, ok := e.Model.(*core.Log); ok {
			entry.Message = opens.ReplaceAllString(entry.Message, "${1}…")
			for _, name := range []string{"url", "referer"} {
				if text, ok := entry.Data[name].(string); ok {
					entry.Data[name] = opens.ReplaceAllString(text, "${1}…")
				}
			}
		}
		return e.Next()
	})
}
