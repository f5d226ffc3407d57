package pb_hooks

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// bindAuditedSettings enters what of the settings changed, old and new. Secrets
// are left out of what settings tell.
func bindAuditedSettings(app core.App, p *platform) {
	app.OnSettingsUpdateRequest().BindFunc(func(e *core.SettingsUpdateRequestEvent) error {
		was, is, err := map[string]any{}, map[string]any{}, error(nil)
		for into, settings := range map[*map[string]any]*core.Settings{&was: e.OldSettings, &is: e.NewSettings} {
			raw, failed := json.Marshal(settings)
			err = errors.Join(err, failed, json.Unmarshal(raw, into))
		}
		if err != nil {
			return err
		}
		changed := map[string]any{}
		compareSettings("", was, is, changed)
		return p.enterBefore(e.RequestEvent, actorOf(e.RequestEvent), deed{Action: "PATCH settings", Detail: changed}, e.Next)
	})
}

// compareSettings lists what differs, by its path: "logs.maxDays": [180, 1].
func compareSettings(path string, was, is map[string]any, changed map[string]any) {
	names := slices.Sorted(maps.Keys(is))
	for name := range was {
		if _, still := is[name]; !still {
			names = append(names, name)
		}
	}
	for _, name := range names {
		before, hadMore := was[name].(map[string]any)
		after, hasMore := is[name].(map[string]any)
		switch at := strings.TrimPrefix(path+"."+name, "."); {
		case hadMore && hasMore:
			compareSettings(at, before, after, changed)
		case asJSON(was[name]) != asJSON(is[name]):
			changed[at] = []any{was[name], is[name]}
		}
	}
}

// keepTables: the tables, and who may read them, are part of the program; a
// migration changes them. The dashboard changes the words of mails only.
func keepTables(app core.App) {
	refuse := func(e *core.CollectionRequestEvent) error {
		return e.ForbiddenError("数据表由程序的升级脚本更改，不能在后台添加或删除。", nil)
	}
	app.OnCollectionCreateRequest().BindFunc(refuse)
	app.OnCollectionDeleteRequest().BindFunc(refuse)
	app.OnCollectionsImportRequest().BindFunc(func(e *core.CollectionsImportRequestEvent) error {
		return e.ForbiddenError("数据表由程序的升级脚本更改，不能在后台导入。", nil)
	})
	app.OnCollectionUpdateRequest().BindFunc(func(e *core.CollectionRequestEvent) error {
		stored, err := e.App.FindCollectionByNameOrId(e.Request.PathValue("collection"))
		if err != nil {
			return err
		}
		if stored.Name == records.AuditLog || !sameButMails(stored, e.Collection) {
			return e.ForbiddenError("数据表的字段和权限由程序的升级脚本更改，后台只能修改邮件模板。", nil)
		}
		return e.Next()
	})
}

// sameButMails compares two states of a collection without its mail templates.
func sameButMails(was, is *core.Collection) bool {
	without := func(c *core.Collection) string {
		fields := map[string]any{}
		raw, err := json.Marshal(c)
		if err != nil || json.Unmarshal(raw, &fields) != nil {
			return "?"
		}
		for _, name := range []string{"updated", "verificationTemplate", "resetPasswordTemplate", "confirmEmailChangeTemplate"} {
			delete(fields, name)
		}
		for _, name := range []string{"otp", "authAlert"} {
			if part, ok := fields[name].(map[string]any); ok {
				delete(part, "emailTemplate")
			}
		}
		return asJSON(fields)
	}
	return without(was) == without(is)
}

// reading are the queries that the dashboard's console may run.
var reading = regexp.MustCompile(`(?is)^\s*(SELECT|EXPLAIN)\b`)

// keepSQL: what is written past the hooks is written past the procedure. The
// console reads.
func keepSQL(e *core.RequestEvent) error {
	if e.Request.Pattern != "POST /api/sql" || e.Auth == nil || !e.Auth.IsSuperuser() {
		return e.Next()
	}
	var body struct {
		Query string `json:"query" form:"query"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	if !reading.MatchString(body.Query) {
		return e.Error(http.StatusForbidden, "这里只能查询（SELECT）：写入会绕过审核程序。", nil)
	}
	return e.Next()
}
