package pb_hooks

import (
	"cmp"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// registrySourceView draws a source for a reader.
func (p *platform) registrySourceView(app core.App, r *core.Record, reader registryReader) (v RegistrySource, err error) {
	t := r.GetString
	v = RegistrySource{ID: r.Id, Name: t("name"), Kind: t("kind"), HasSecret: t("secrets") != "", Schedule: t("schedule"), Hour: r.GetInt("hour"), Every: r.GetInt("every"),
		PrivateAllowed: r.GetBool("private_allowed"), Rules: []RegistryRule{}, Shares: registry.UsualShares, SilentDays: r.GetInt("silent_days"), Active: r.GetBool("active"),
		TakesFile: takesFile(r), NeedsFile: needsFile(r), TriedAt: t("tried_at"), GoodAt: t("good_at"), AppliedAt: t("applied_at"), Failures: r.GetInt("failures"), Alarms: []string{}}
	if v.Config, err = sourceConfig(r); err != nil {
		return v, err
	}
	if rules, err := rulesOf(r); err != nil {
		return v, err
	} else if rules != nil {
		v.Rules = rules
	}
	if raw := t("shares"); raw != "" && raw != "null" {
		if err := r.UnmarshalJSONField("shares", &v.Shares); err != nil {
			return v, err
		}
	}
	if next := nextRun(r, p.options.Now()); !next.IsZero() {
		v.NextAt = next.UTC().Format(records.InstantLayout)
	}
	n, err := app.CountRecords(records.RegistryChoices, dbx.HashExp{"source": r.Id})
	if err != nil {
		return v, err
	}
	v.Choices = int(n)
	if v.Last, err = p.latestRun(app, dbx.HashExp{"source": r.Id}, reader); err != nil {
		return v, err
	}
	if v.Open, err = p.latestRun(app, dbx.HashExp{"source": r.Id, "state": openRuns}, reader); err != nil {
		return v, err
	}
	v.Alarms = append(v.Alarms, p.alarmsOf(r, v)...)
	return v, nil
}

func (p *platform) latestRun(app core.App, where dbx.HashExp, reader registryReader) (*RegistryRun, error) {
	var found []*core.Record
	err := app.RecordQuery(records.RegistryRuns).AndWhere(where).OrderBy("created DESC", "_rowid_ DESC").Limit(1).All(&found)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	v, err := p.registryRun(app, found[0], reader)
	return &v, err
}

// alarmsOf is what somebody has to look at of a source, in sentences.
func (p *platform) alarmsOf(r *core.Record, v RegistrySource) (alarms []string) {
	if !v.Active {
		return nil
	}
	if v.Last != nil && v.Last.State == "failed" {
		alarms = append(alarms, "最近一次读取失败："+v.Last.Sentence)
	}
	if v.Failures >= failuresTold {
		alarms = append(alarms, fmt.Sprintf("已经连续 %d 次读取失败。", v.Failures))
	}
	if days := silentDays(r, p.options.Now()); days > 0 {
		alarms = append(alarms, fmt.Sprintf("已经 %d 天没有成功读取。", days))
	}
	if v.Open != nil && v.Open.State == "stopped" {
		alarms = append(alarms, "变更集已暂停："+v.Open.Stop)
	}
	return alarms
}

// silentDays is for how many days a scheduled source has given nothing good, once that
// is longer than it may: its days, and three times its interval.
func silentDays(src *core.Record, now time.Time) int {
	interval := runInterval(src)
	if !src.GetBool("active") || interval == 0 {
		return 0
	}
	since := src.GetDateTime("good_at").Time()
	if since.IsZero() {
		since = src.GetDateTime("created").Time()
	}
	may := max(time.Duration(cmp.Or(src.GetInt("silent_days"), 7))*24*time.Hour, 3*interval)
	if silent := now.Sub(since); silent > may {
		return int(silent / (24 * time.Hour))
	}
	return 0
}

// runInterval is how often a source is read by its schedule; 0 is never.
func runInterval(src *core.Record) time.Duration {
	switch src.GetString("schedule") {
	case "daily":
		return 24 * time.Hour
	case "hours":
		return time.Duration(max(1, src.GetInt("every"))) * time.Hour
	}
	return 0
}

// nextRun is when a source is next due by its schedule, which may be past: a server
// that was off then reads as soon as it is back. The zero time is never.
func nextRun(src *core.Record, now time.Time) time.Time {
	interval := runInterval(src)
	if interval == 0 || !src.GetBool("active") || needsFile(src) {
		return time.Time{}
	}
	tried := src.GetDateTime("tried_at").Time()
	if src.GetString("schedule") == "hours" {
		if tried.IsZero() {
			return now
		}
		return tried.Add(interval)
	}
	local := now.In(shanghai)
	due := time.Date(local.Year(), local.Month(), local.Day(), src.GetInt("hour"), 0, 0, 0, shanghai)
	if !tried.Before(due) { // read for today already
		return due.AddDate(0, 0, 1)
	}
	if yesterday := due.AddDate(0, 0, -1); now.Before(due) && tried.Before(yesterday) && !tried.IsZero() {
		return yesterday
	}
	return due
}
