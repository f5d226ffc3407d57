package pb_hooks

import (
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/sealed"
	"gongkai/pb_hooks/webhook"
)

const (
	mostSubscribers = 20
	// overlap is for how long a secret that was replaced is still good.
	overlap = 24 * time.Hour
)

// PushForm is what an administrator says of a subscriber.
type PushForm struct {
	Name           string   `json:"name"`
	URL            string   `json:"url"`
	Events         []string `json:"events"`
	PlainAllowed   bool     `json:"plain_allowed"`
	PrivateAllowed bool     `json:"private_allowed"`
}

// PushSecrets are secrets that were just made: shown this once.
type PushSecrets struct {
	Subscriber PushSubscriber `json:"subscriber"`
	Token      string         `json:"token"`       // "" if it stays
	SigningKey string         `json:"signing_key"` // "" if it stays
}

// check cleans the form or says what is wrong with it.
func (f *PushForm) check() error {
	f.Name, f.URL = cleanLine(f.Name), strings.TrimSpace(f.URL)
	known := webhook.Events()
	f.Events = slices.DeleteFunc(slices.Clone(f.Events), func(e string) bool { return !slices.Contains(known, webhook.Event(e)) })
	switch {
	case f.Name == "":
		return refused("name", "name_missing", "请写下接收方的名称")
	case utf8.RuneCountInString(f.Name) > 60:
		return refused("name", "name_long", "名称最多 60 个字")
	case f.URL == "":
		return nil
	case len(f.Events) == 0:
		return refused("events", "events_missing", "请至少选择一种推送内容")
	}
	u, err := url.Parse(f.URL)
	kind, _ := probe.Classify(f.URL, "", "/")
	switch {
	case err != nil || len(f.URL) > 500 || u.Hostname() == "" || u.User != nil || u.Fragment != "" || kind != probe.External && kind != probe.Intranet:
		return refused("url", "url_invalid", "请填写完整的地址，以 https:// 开头，不带账号、密码和 # 之后的部分")
	case u.Scheme == "http" && !f.PlainAllowed:
		return refused("url", "url_plain", "地址应以 https:// 开头；对方只有 http 时，请先允许不加密")
	case kind == probe.Intranet && !f.PrivateAllowed:
		return refused("url", "url_private", "这是内网或本机地址；对方确实在内网时，请先允许内网地址")
	}
	return nil
}

func (f PushForm) fields() map[string]any {
	return map[string]any{"name": f.Name, "url": f.URL, "events": f.Events, "plain_allowed": f.PlainAllowed, "private_allowed": f.PrivateAllowed}
}

// changeSubscriber does something to a subscriber on behalf of an administrator, in
// one transaction, and answers with what became of it.
func (p *platform) changeSubscriber(e *core.RequestEvent, do func(tx core.App, r *core.Record, made *PushSecrets) error) error {
	var made PushSecrets
	err := e.App.RunInTransaction(func(tx core.App) error {
		made = PushSecrets{}
		if err := p.mayPush(tx, e, managePush); err != nil {
			return err
		}
		r, err := subscriberNamed(tx, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		if err := do(tx, r, &made); err != nil {
			return err
		}
		made.Subscriber, err = p.pushSubscriber(tx, r)
		return err
	})
	if err != nil {
		return pushKeyProblem(err)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, made)
}

// subscriberNamed finds a subscriber; "" is a new one.
func subscriberNamed(tx core.App, id string) (*core.Record, error) {
	if id == "" {
		return blank(tx, records.PushSubscribers)
	}
	r, err := tx.FindRecordById(records.PushSubscribers, id)
	if errors.Is(err, sql.ErrNoRows) || err == nil && r.GetString("state") == pushDeleted {
		return nil, router.NewNotFoundError("没有这个接收方，请刷新页面。", nil)
	}
	return r, err
}

// pushKeyProblem says what to do where the data key is missing.
func pushKeyProblem(err error) error {
	if errors.As(err, &sealed.MissingKey{}) {
		return router.NewApiError(http.StatusServiceUnavailable, "平台没有可用的数据密钥，签名密钥不能加密保存。请信息中心运行 gongkai doctor 查看。", nil)
	}
	return err
}

func (p *platform) addSubscriber(e *core.RequestEvent) error {
	var form PushForm
	if err := readBody(e, &form); err != nil {
		return err
	}
	return p.changeSubscriber(e, func(tx core.App, r *core.Record, made *PushSecrets) error {
		if err := form.check(); err != nil {
			return err
		}
		n, err := tx.CountRecords(records.PushSubscribers, dbx.NewExp("state != 'deleted'"))
		if err != nil {
			return err
		}
		if n >= mostSubscribers {
			return refused("name", "subscribers_many", "最多 20 个接收方，请先删除不用的")
		}
		r.Load(form.fields())
		r.Set("state", pushActive)
		if err := p.newToken(r, made, false); err != nil {
			return err
		}
		if err := p.newSigningKey(r, made, false); err != nil {
			return err
		}
		if err := tx.Save(r); err != nil {
			return err
		}
		return p.doneBy(tx, e, "push_add", r, form.fields())
	})
}

func (p *platform) editSubscriber(e *core.RequestEvent) error {
	var form PushForm
	if err := readBody(e, &form); err != nil {
		return err
	}
	return p.changeSubscriber(e, func(tx core.App, r *core.Record, _ *PushSecrets) error {
		if err := form.check(); err != nil {
			return err
		}
		was := r.GetString("url")
		r.Load(form.fields())
		if err := tx.Save(r); err != nil {
			return err
		}
		if err := p.followAddress(tx, e, r, was); err != nil {
			return err
		}
		return p.doneBy(tx, e, "push_edit", r, form.fields())
	})
}

// followAddress tries at a new address at once what waits for a subscriber. Without an
// address it is given up, dead letters as well.
func (p *platform) followAddress(tx core.App, e *core.RequestEvent, r *core.Record, was string) error {
	switch r.GetString("url") {
	case was:
		return nil
	case "":
		return p.giveUp(tx, e, r.Id, "接收方改为只取数")
	}
	return p.tryAtOnce(tx, r.Id)
}

// tryAtOnce ends the pause after which what waits for a subscriber is tried again.
func (p *platform) tryAtOnce(tx core.App, subscriber string) error {
	_, err := tx.DB().Update(records.PushDeliveries, dbx.Params{"next_at": p.options.Now().UTC().Format(records.InstantLayout)}, dbx.HashExp{"subscriber": subscriber, "state": deliveryWaiting}).Execute()
	return err
}

// giveUp discards what a subscriber has not got.
func (p *platform) giveUp(tx core.App, e *core.RequestEvent, subscriber, reason string) error {
	_, err := tx.DB().Update(records.PushDeliveries, dbx.Params{"state": deliveryDiscarded, "ended_at": p.options.Now().UTC().Format(records.InstantLayout), "reason": reason, "by_name": e.Auth.GetString("name")},
		dbx.HashExp{"subscriber": subscriber, "state": []any{deliveryWaiting, deliveryDead}}).Execute()
	return err
}

// newToken gives a subscriber another token. The one before stays good for a day,
// unless it is to end at once.
func (p *platform) newToken(r *core.Record, made *PushSecrets, atOnce bool) error {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return err
	}
	made.Token = "gk_" + base64.RawURLEncoding.EncodeToString(raw)
	var until any = ""
	old := r.GetString("token_hash")
	if old != "" && !atOnce {
		until = p.options.Now().UTC().Add(overlap)
	} else {
		old = ""
	}
	r.Load(map[string]any{"token_hash": fingerprint(made.Token), "token_end": made.Token[len(made.Token)-4:], "old_token_hash": old, "old_token_until": until, "old_token_used_at": ""})
	return nil
}

// newSigningKey is the same of the key that deliveries are signed with.
func (p *platform) newSigningKey(r *core.Record, made *PushSecrets, atOnce bool) error {
	key, err := webhook.NewKey()
	if err != nil {
		return err
	}
	old := ""
	var until any = ""
	if r.GetString("signing_key") != "" && !atOnce {
		if old, err = p.unseal(r, "signing_key"); err != nil {
			return err
		}
		until = p.options.Now().UTC().Add(overlap)
	}
	made.SigningKey = key.String()
	r.Set("old_key_until", until)
	if err := p.seal(r, "old_signing_key", old); err != nil {
		return err
	}
	return p.seal(r, "signing_key", made.SigningKey)
}

// rotateSecret replaces the token or the signing key.
func (p *platform) rotateSecret(e *core.RequestEvent) error {
	var body struct {
		What   string `json:"what"`
		AtOnce bool   `json:"at_once"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	return p.changeSubscriber(e, func(tx core.App, r *core.Record, made *PushSecrets) error {
		replace := map[string]func(*core.Record, *PushSecrets, bool) error{"token": p.newToken, "key": p.newSigningKey}[body.What]
		if replace == nil {
			return refused("what", "what_invalid", "请选择更换令牌还是签名密钥")
		}
		if err := replace(r, made, body.AtOnce); err != nil {
			return err
		}
		if err := tx.Save(r); err != nil {
			return err
		}
		return p.doneBy(tx, e, "push_rotate", r, map[string]any{"what": body.What, "at_once": body.AtOnce})
	})
}

// setSubscriberState pauses a subscriber or sets it to work again.
func (p *platform) setSubscriberState(e *core.RequestEvent) error {
	var body struct {
		State string `json:"state"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	return p.changeSubscriber(e, func(tx core.App, r *core.Record, _ *PushSecrets) error {
		if body.State != pushActive && body.State != pushPaused {
			return refused("state", "state_invalid", "请选择暂停还是恢复")
		}
		r.Load(map[string]any{"state": body.State, "off_reason": "", "silent_since": ""})
		if err := tx.Save(r); err != nil {
			return err
		}
		if body.State == pushActive {
			if err := p.tryAtOnce(tx, r.Id); err != nil {
				return err
			}
		}
		return p.doneBy(tx, e, "push_state", r, map[string]any{"state": body.State})
	})
}

// removeSubscriber makes a subscriber's secrets worthless and gives up what waits
// for it. What it was told stays as long as such things are kept.
func (p *platform) removeSubscriber(e *core.RequestEvent) error {
	return p.changeSubscriber(e, func(tx core.App, r *core.Record, _ *PushSecrets) error {
		r.Load(map[string]any{"state": pushDeleted, "token_hash": "", "old_token_hash": "", "signing_key": "", "old_signing_key": "", "old_token_until": "", "old_key_until": "", "silent_since": ""})
		if err := tx.Save(r); err != nil {
			return err
		}
		if err := p.giveUp(tx, e, r.Id, "接收方已删除"); err != nil {
			return err
		}
		return p.doneBy(tx, e, "push_remove", r, nil)
	})
}
