package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// refuseStale refuses the save of a record that somebody else saved after the
// request read it. PocketBase reads a record before the transaction that saves
// it, and writes back every field: without this, a save that waited for its turn
// would undo what was done meanwhile, a submission or a deactivation, unasked.
// It belongs into the transaction of the save. Our own code reads what it
// changes in the transaction that changes it.
func refuseStale(e *core.RecordEvent) error {
	read := e.Record.Original().GetString("updated")
	if read == "" {
		return nil // the collection does not keep when
	}
	stored, err := e.App.FindRecordById(e.Record.Collection(), e.Record.Id)
	if err != nil {
		return err
	}
	if stored.GetString("updated") != read {
		return staleSave()
	}
	return nil
}

func staleSave() error {
	return router.NewApiError(http.StatusConflict, "别人刚刚保存了这份内容，您的修改没有写入。", nil)
}
