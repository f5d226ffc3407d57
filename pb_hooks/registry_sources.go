package pb_hooks

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/registry/source"
	"gongkai/pb_hooks/sealed"
	"gongkai/pb_hooks/site"
)

// RegistrySource is where the list of schools is read from, and how it is doing.
type RegistrySource struct {
	ID             string          `json:"id"`
	Name           string          `json:"name"`
	Kind           string          `json:"kind"`
	Config         source.Config   `json:"config"`
	HasSecret      bool            `json:"has_secret"` // the secret itself is shown to nobody
	Schedule       string          `json:"schedule"`   // off, daily, hours
	Hour           int             `json:"hour"`       // of the day, for daily
	Every          int             `json:"every"`      // hours, for hours
	PrivateAllowed bool            `json:"private_allowed"`
	Rules          []RegistryRule  `json:"rules"`
	Shares         registry.Shares `json:"shares"`
	SilentDays     int             `json:"silent_days"` // without a good run, after which it is told
	Active         bool            `json:"active"`
	TakesFile      bool            `json:"takes_file"` // a list can be sent along
	NeedsFile      bool            `json:"needs_file"` // and has to be
	NextAt         string          `json:"next_at"`    // by the schedule; "" is never
	TriedAt        string          `json:"tried_at"`
	GoodAt         string          `json:"good_at"`
	AppliedAt      string          `json:"applied_at"`
	Failures       int             `json:"failures"` // in a row
	Choices        int             `json:"choices"`  // decisions that later runs keep to
	Alarms         []string        `json:"alarms"`   // what is wrong, in sentences
	Last           *RegistryRun    `json:"last"`     // the latest run
	Open           *RegistryRun    `json:"open"`     // the latest whose change set waits
}

// SourceChange is what may be set of a source; what is nil stays.
type SourceChange struct {
	Name           *string          `json:"name"`
	Config         *source.Config   `json:"config"`
	Secret         *string          `json:"secret"`
	Schedule       *string          `json:"schedule"`
	Hour           *int             `json:"hour"`
	Every          *int             `json:"every"`
	PrivateAllowed *bool            `json:"private_allowed"`
	Rules          *[]RegistryRule  `json:"rules"`
	Shares         *registry.Shares `json:"shares"`
	SilentDays     *int             `json:"silent_days"`
	Active         *bool            `json:"active"`
}

func (p *platform) listSources(e *core.RequestEvent) error {
	reader, err := p.readsRegistry(e)
	if err != nil {
		return err
	}
	var found []*core.Record
	if err := e.App.RecordQuery(records.RegistrySources).OrderBy("active DESC", "name").All(&found); err != nil {
		return err
	}
	view := RegistrySources{Sources: []RegistrySource{}, Kinds: sourceKinds, Ruled: ruledKinds, Fields: []NamedCode{}, MayManage: reader.Manages, MayDecide: reader.Decides}
	for _, name := range registry.SaidNames() {
		view.Fields = append(view.Fields, NamedCode{name, registry.Label(name)})
	}
	for _, r := range found {
		drawn, err := p.registrySourceView(e.App, r, reader)
		if err != nil {
			return err
		}
		view.Sources = append(view.Sources, drawn)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, view)
}

func (p *platform) readSourceDesk(e *core.RequestEvent) error {
	reader, err := p.readsRegistry(e)
	if err != nil {
		return err
	}
	r, err := registrySource(e.App, e)
	if err != nil {
		return err
	}
	view, err := p.registrySourceView(e.App, r, reader)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, view)
}

// makeSource stores a new source. It is read by the schedule only once it has one.
func (p *platform) makeSource(e *core.RequestEvent) error {
	return p.saveSource(e, func(tx core.App) (*core.Record, string, error) {
		c, err := tx.FindCachedCollectionByNameOrId(records.RegistrySources)
		if err != nil {
			return nil, "", err
		}
		r := core.NewRecord(c)
		r.Load(map[string]any{"schedule": "off", "hour": 6, "every": 24, "silent_days": 7, "active": true, "config": source.Config{}, "rules": []RegistryRule{}, "shares": registry.UsualShares})
		return r, "make_registry_source", nil
	})
}

func (p *platform) changeSource(e *core.RequestEvent) error {
	return p.saveSource(e, func(tx core.App) (*core.Record, string, error) {
		r, err := registrySource(tx, e)
		return r, "change_registry_source", err
	})
}

// saveSource changes a source as asked, in one transaction.
func (p *platform) saveSource(e *core.RequestEvent, which func(core.App) (*core.Record, string, error)) error {
	reader, err := p.managesRegistry(e)
	if err != nil {
		return err
	}
	var asked SourceChange
	decoder := json.NewDecoder(e.Request.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&asked); err != nil {
		return e.BadRequestError("内容的格式不对："+badJSON(err), err)
	}
	var view RegistrySource
	err = e.App.RunInTransaction(func(tx core.App) error {
		r, action, err := which(tx)
		if err != nil {
			return err
		}
		if err := p.setSource(r, asked); err != nil {
			return err
		}
		if err := tx.Save(r); err != nil {
			return err
		}
		if err := p.doneBy(tx, e, action, r, asked.detail(r)); err != nil {
			return err
		}
		view, err = p.registrySourceView(tx, r, reader)
		return err
	})
	if err != nil {
		return err
	}
	p.drop(site.ComparedTag) // by the sources in use
	return e.JSON(http.StatusOK, view)
}

// detail is what the audit tells of a change: which address, and whether a secret was
// set, never which.
func (c SourceChange) detail(r *core.Record) map[string]any {
	detail := map[string]any{"name": r.GetString("name"), "active": r.GetBool("active"), "schedule": r.GetString("schedule"), "private_allowed": r.GetBool("private_allowed")}
	if config, err := sourceConfig(r); err == nil && c.Config != nil {
		detail["kind"], detail["url"] = r.GetString("kind"), withoutQuery(config.URL)
	}
	if c.Secret != nil {
		detail["secrets"] = "（已更改）"
	}
	return detail
}

// withoutQuery is an address without what may hold a secret.
func withoutQuery(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return address
}

// setSource puts on a source what is asked, or says at the field what is wrong.
func (p *platform) setSource(r *core.Record, asked SourceChange) error {
	if asked.Name != nil {
		name := strings.Join(strings.Fields(*asked.Name), " ")
		if name == "" || utf8.RuneCountInString(name) > 60 {
			return refused("name", "name_length", "请填写名称，最多 60 个字")
		}
		n, err := p.app.FindFirstRecordByData(records.RegistrySources, "name", name)
		if err == nil && n.Id != r.Id {
			return refused("name", "name_taken", "已经有这个名称的来源")
		}
		r.Set("name", name)
	}
	if r.GetString("name") == "" {
		return refused("name", "name_length", "请填写名称，最多 60 个字")
	}
	if err := p.setConfig(r, asked); err != nil {
		return err
	}
	if err := setSchedule(r, asked); err != nil {
		return err
	}
	if asked.Rules != nil {
		if err := checkRules(*asked.Rules); err != nil {
			return err
		}
		r.Set("rules", *asked.Rules)
	}
	if asked.Shares != nil {
		if err := checkShares(*asked.Shares); err != nil {
			return err
		}
		r.Set("shares", *asked.Shares)
	}
	if asked.SilentDays != nil {
		if *asked.SilentDays < 1 || *asked.SilentDays > 365 {
			return refused("silent_days", "silent_days_range", "请填写 1 至 365 天")
		}
		r.Set("silent_days", *asked.SilentDays)
	}
	if asked.Active != nil {
		r.Set("active", *asked.Active)
	}
	return nil
}

// setConfig puts on a source how it is read. Another configuration is read whole; a
// secret is not sent to another host than the one it was entered for.
func (p *platform) setConfig(r *core.Record, asked SourceChange) error {
	if asked.PrivateAllowed != nil {
		r.Set("private_allowed", *asked.PrivateAllowed)
	}
	if asked.Secret != nil {
		if utf8.RuneCountInString(*asked.Secret) > 4000 {
			return refused("secret", "secret_long", "密码或令牌太长")
		}
		if err := p.setSecret(r, *asked.Secret); err != nil {
			return err
		}
	}
	if asked.Config == nil {
		if r.GetString("kind") == "" {
			return refused("config", "config_missing", "请填写怎样读取这个来源")
		}
		return nil
	}
	if err := checkConfig(*asked.Config); err != nil {
		return err
	}
	if was, err := sourceConfig(r); err == nil && asked.Secret == nil && r.GetString("secrets") != "" && !sameHosts(was, *asked.Config) {
		return refused("secret", "secret_again", "地址换了主机，请重新填写密码或令牌")
	}
	r.Load(map[string]any{"config": *asked.Config, "kind": string(asked.Config.Kind), "memory": registryMemory{}})
	return nil
}

func (p *platform) setSecret(r *core.Record, secret string) error {
	if secret == "" {
		r.Set("secrets", "")
		return nil
	}
	err := p.seal(r, "secrets", secret)
	if errors.As(err, &sealed.MissingKey{}) {
		return refused("secret", "key_missing", "平台还没有数据密钥，不能保存密码或令牌，请告诉信息中心")
	}
	return err
}

func setSchedule(r *core.Record, asked SourceChange) error {
	if asked.Schedule != nil {
		if !slices.Contains([]string{"off", "daily", "hours"}, *asked.Schedule) {
			return refused("schedule", "schedule_unknown", "请选择不定时、每天或每隔几小时")
		}
		r.Set("schedule", *asked.Schedule)
	}
	if asked.Hour != nil {
		if *asked.Hour < 0 || *asked.Hour > 23 {
			return refused("hour", "hour_range", "请填写 0 至 23 点")
		}
		r.Set("hour", *asked.Hour)
	}
	if asked.Every != nil {
		if *asked.Every < 1 || *asked.Every > 168 {
			return refused("every", "every_range", "请填写 1 至 168 小时")
		}
		r.Set("every", *asked.Every)
	}
	return nil
}
