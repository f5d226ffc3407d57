package pb_hooks

import (
	"database/sql"
	"errors"
	"net/http"
	"path/filepath"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/attachment"
	"gongkai/pb_hooks/records"
)

// mostRegistryFile is how large a list may be that somebody sends, in bytes.
const mostRegistryFile = 20 << 20

// newRun is a run that is about to begin.
type newRun struct {
	Occasion string // person, schedule, upload, command
	Dry      bool
	By       *core.Record     // nil is the schedule or a command
	File     *filesystem.File // of an upload
	FileName string
}

// beginRun stores a run of a source, which the registrar then takes up. There is one
// at a time: the database holds to that where two ask at once.
func (p *platform) beginRun(tx core.App, src *core.Record, o newRun) (*core.Record, error) {
	if !src.GetBool("active") {
		return nil, refused("source", "source_inactive", "这个来源已经停用，请先启用")
	}
	n, err := tx.CountRecords(records.RegistryRuns, dbx.HashExp{"source": src.Id, "state": "running"})
	if err != nil {
		return nil, err
	}
	if n > 0 {
		return nil, refused("source", "run_is_running", "这个来源正在读取，请等它完成，或者先停止它")
	}
	c, err := tx.FindCachedCollectionByNameOrId(records.RegistryRuns)
	if err != nil {
		return nil, err
	}
	run := core.NewRecord(c)
	run.Load(map[string]any{"source": src.Id, "state": "running", "step": "waiting", "occasion": o.Occasion, "dry": o.Dry, "began_at": p.options.Now().UTC(), "file_name": o.FileName})
	if o.Occasion == "command" {
		run.Set("alive_at", p.options.Now().UTC())
	}
	if o.By != nil {
		run.Load(map[string]any{"by": o.By.Id, "by_name": o.By.GetString("name")})
	}
	if o.File != nil {
		run.Set("file", o.File)
	}
	src.Set("tried_at", p.options.Now().UTC())
	if err := tx.Save(src); err != nil {
		return nil, err
	}
	return run, tx.Save(run)
}

// startRun begins a run of a source; a file that comes with it is read instead of
// where the source is.
func (p *platform) startRun(e *core.RequestEvent) error {
	reader, err := p.decidesRegistry(e)
	if err != nil {
		return err
	}
	o, err := askedRun(e)
	if err != nil {
		return err
	}
	var view RegistryRun
	err = e.App.RunInTransaction(func(tx core.App) error {
		src, err := registrySource(tx, e)
		if err != nil {
			return err
		}
		if o.File != nil && !takesFile(src) {
			return refused("file", "source_takes_no_file", "这个来源不从文件读取，请选择文件类的来源")
		}
		if o.File == nil && needsFile(src) {
			return refused("file", "file_missing", "请选择要读取的 CSV 或 XLSX 文件")
		}
		run, err := p.beginRun(tx, src, o)
		if err != nil {
			return err
		}
		if err := p.doneBy(tx, e, "start_registry_run", run, map[string]any{"name": src.GetString("name"), "dry": o.Dry}); err != nil {
			return err
		}
		view, err = p.registryRun(tx, run, reader)
		return err
	})
	if err != nil {
		return err
	}
	wake(p.registrar.begun)
	return e.JSON(http.StatusOK, view)
}

// askedRun reads what was asked for: {"dry": false}, or a form with a file and dry.
func askedRun(e *core.RequestEvent) (newRun, error) {
	o := newRun{Occasion: "person", Dry: true, By: e.Auth}
	if !strings.HasPrefix(e.Request.Header.Get("Content-Type"), "multipart/form-data") {
		var body struct {
			Dry *bool `json:"dry"`
		}
		if err := readBody(e, &body); err != nil {
			return o, err
		}
		if body.Dry == nil {
			return o, refused("dry", "dry_missing", "请说明是不是只预览")
		}
		o.Dry = *body.Dry
		return o, nil
	}
	files, err := e.FindUploadedFiles("file")
	if err != nil || len(files) != 1 {
		return o, refused("file", "file_missing", "请选择一个 CSV 或 XLSX 文件")
	}
	o.Occasion, o.File, o.FileName, o.Dry = "upload", files[0], attachment.CleanName(files[0].OriginalName), e.Request.FormValue("dry") != "false"
	kind := strings.ToLower(filepath.Ext(o.FileName))
	switch {
	case kind != ".csv" && kind != ".xlsx":
		return o, refused("file", "file_kind", "只能读取 CSV 或 XLSX 文件")
	case o.File.Size > mostRegistryFile:
		return o, refused("file", "file_large", "文件不能超过 20 MB")
	case o.File.Size == 0:
		return o, refused("file", "file_empty", "文件是空的")
	}
	o.File.Name = "list" + kind
	return o, nil
}

// registrySource is the source that an address names.
func registrySource(app core.App, e *core.RequestEvent) (*core.Record, error) {
	src, err := app.FindRecordById(records.RegistrySources, e.Request.PathValue("id"))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, e.NotFoundError("没有这个数据来源，请刷新页面。", nil)
	}
	return src, err
}

// registryRunAsked is the run that an address names.
func registryRunAsked(app core.App, e *core.RequestEvent) (*core.Record, error) {
	run, err := app.FindRecordById(records.RegistryRuns, e.Request.PathValue("id"))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, e.NotFoundError("没有这次读取，请回到“变更审核”查看。", nil)
	}
	return run, err
}
