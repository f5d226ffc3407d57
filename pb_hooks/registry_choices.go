package pb_hooks

import (
	"database/sql"
	"errors"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

var choiceNames = []NamedCode{{"same", "是这所学校"}, {"new", "是新学校"}, {"ignore", "不处理"}, {"refused", "不接受"}}

// listChoices answers with the decisions that later runs of a source keep to.
func (p *platform) listChoices(e *core.RequestEvent) error {
	if _, err := p.readsRegistry(e); err != nil {
		return err
	}
	src, err := registrySource(e.App, e)
	if err != nil {
		return err
	}
	views, err := p.choiceViews(e.App, src.Id)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, views)
}

func (p *platform) choiceViews(app core.App, src string) ([]RegistryChoice, error) {
	const most = 1000
	views := []RegistryChoice{}
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	var found []*core.Record
	if err := app.RecordQuery(records.RegistryChoices).AndWhere(dbx.HashExp{"source": src}).OrderBy("at DESC", "_rowid_ DESC").Limit(most).All(&found); err != nil {
		return nil, err
	}
	for _, r := range found {
		t := r.GetString
		v := RegistryChoice{ID: r.Id, Choice: t("choice"), ChoiceName: nameFor(choiceNames, t("choice")), Kind: t("kind"), Name: t("name"), By: t("by_name"), At: t("at")}
		if s, ok := d.ByID(t("school")); ok {
			v.School = NamedCode{s.Code, s.Name}
		}
		views = append(views, v)
	}
	return views, nil
}

// forgetChoice takes a decision back: the next run asks again.
func (p *platform) forgetChoice(e *core.RequestEvent) error {
	if _, err := p.decidesRegistry(e); err != nil {
		return err
	}
	var views []RegistryChoice
	err := e.App.RunInTransaction(func(tx core.App) error {
		src, err := registrySource(tx, e)
		if err != nil {
			return err
		}
		choice, err := tx.FindRecordById(records.RegistryChoices, e.Request.PathValue("choice"))
		if errors.Is(err, sql.ErrNoRows) || err == nil && choice.GetString("source") != src.Id {
			return e.NotFoundError("没有这一条，请刷新页面。", nil)
		}
		if err != nil {
			return err
		}
		if err := tx.Delete(choice); err != nil {
			return err
		}
		if err := readWholeNext(tx, src.Id); err != nil {
			return err
		}
		if err := p.doneBy(tx, e, "forget_registry_choice", choice, map[string]any{"choice": choice.GetString("choice"), "name": choice.GetString("name")}); err != nil {
			return err
		}
		views, err = p.choiceViews(tx, src.Id)
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, views)
}
