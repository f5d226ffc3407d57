package pb_hooks

import (
	"context"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

const registryPage = "/registry/changes"

// failuresTold is after how many failures in a row people are told.
const failuresTold = 3

// followRegistry begins the runs that are due by their schedules, also those that were
// missed, and tells of sources that have fallen silent. What goes wrong at one source
// leaves the others alone.
func (p *platform) followRegistry() {
	if err := p.beginDue(p.app); err != nil {
		p.app.Logger().Error("begin to read the lists of schools", "error", err)
	}
}

func (p *platform) beginDue(app core.App) error {
	sources, err := app.FindAllRecords(records.RegistrySources, dbx.HashExp{"active": true})
	if err != nil {
		return err
	}
	var wrong []error
	for _, found := range sources {
		if err := p.followSource(app, found.Id); err != nil {
			wrong = append(wrong, fmt.Errorf("source %s: %w", found.GetString("name"), err))
		}
	}
	wake(p.registrar.begun)
	return errors.Join(wrong...)
}

// followSource tells of the silence of a source, and begins a run if one is due.
func (p *platform) followSource(app core.App, id string) error {
	return app.RunInTransaction(func(tx core.App) error {
		src, err := tx.FindRecordById(records.RegistrySources, id)
		if err != nil {
			return err
		}
		now := p.options.Now()
		if days := silentDays(src, now); days > 0 {
			if err := p.tellOfSilence(tx, src, days); err != nil {
				return err
			}
		}
		running, err := tx.CountRecords(records.RegistryRuns, dbx.HashExp{"source": src.Id, "state": "running"})
		if next := nextRun(src, now); err != nil || running > 0 || next.IsZero() || next.After(now) {
			return err
		}
		_, err = p.beginRun(tx, src, newRun{Occasion: "schedule"})
		return err
	})
}

// daysOfUndecided is how long lines are kept of sets that were put aside undecided.
const daysOfUndecided = 30

// purgeLines drops what was never decided of sets that are long over.
func (p *platform) purgeLines(ctx context.Context) {
	before := p.options.Now().UTC().AddDate(0, 0, -daysOfUndecided).Format(records.InstantLayout)
	_, err := p.app.NonconcurrentDB().NewQuery("DELETE FROM registry_lines WHERE decision IN ('pending', 'postponed')" +
		" AND run IN (SELECT id FROM registry_runs WHERE state IN ('dismissed', 'applied') AND finished_at < {:before})").
		Bind(dbx.Params{"before": before}).WithContext(ctx).Execute()
	if err != nil {
		p.app.Logger().Error("drop old lines of the registry", "error", err)
	}
}

// tellRegistry tells those who look after the registry, each event once.
func (p *platform) tellRegistry(tx core.App, key, link, title string) error {
	people, err := p.peopleOf(tx, "", publication.Admin, publication.Supervisor)
	if err != nil {
		return err
	}
	return notify(tx, people, notification{Kind: "registry", Key: key, Link: link, Title: clip(title, 300)})
}

// tellOfRun tells what a good run found, if somebody has to decide.
func (p *platform) tellOfRun(tx core.App, src, run *core.Record, asks int) error {
	name, link := src.GetString("name"), registryPage+"/"+run.Id
	switch {
	case run.GetString("state") == "stopped":
		return p.tellRegistry(tx, "registry/"+run.Id, link, "机构名单变更集已暂停，请核对："+name+"："+run.GetString("stop"))
	case asks > 0 && run.GetString("occasion") == "schedule":
		return p.tellRegistry(tx, "registry/"+run.Id, link, fmt.Sprintf("机构名单有 %d 项变更待处理：%s", asks, name))
	}
	return nil
}

// tellOfFailures tells, once, that a source failed several times in a row.
func (p *platform) tellOfFailures(tx core.App, src, run *core.Record) error {
	if src.GetInt("failures") != failuresTold {
		return nil
	}
	title := fmt.Sprintf("机构名单连续 %d 次读取失败：%s：%s", failuresTold, src.GetString("name"), run.GetString("sentence"))
	return p.tellRegistry(tx, "registry/"+run.Id, registryPage+"/"+run.Id, title)
}

// tellOfSilence tells, once for each silence, that nothing good came for long.
func (p *platform) tellOfSilence(tx core.App, src *core.Record, days int) error {
	key := "registry/" + src.Id + "/silent/" + src.GetString("good_at")
	return p.tellRegistry(tx, key, "/registry/sources", fmt.Sprintf("机构名单已经 %d 天没有成功读取：%s", days, src.GetString("name")))
}
