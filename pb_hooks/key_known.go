package pb_hooks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/sealed"
)

// knownKey is a key that personal data may be sealed with.
type knownKey struct {
	ID    string `db:"key_id"`
	Probe string `db:"probe"`
}

// knownKeys are the keys that the database knows, oldest first. A database that
// was not yet migrated knows none.
func knownKeys(app core.App) (known []knownKey, err error) {
	if !app.HasTable(records.Sealing) {
		return nil, nil
	}
	err = app.DB().Select("key_id", "probe").From(records.Sealing).OrderBy("created", "_rowid_").All(&known)
	return known, err
}

func isKnown(known []knownKey, id string) bool {
	return slices.ContainsFunc(known, func(k knownKey) bool { return k.ID == id })
}

// checkKeys reports a key that is known and not at hand, as a keyFault.
func checkKeys(keys dataKeys, known []knownKey) error {
	for _, k := range known {
		err := keys.ring.Check(k.Probe)
		var missing sealed.MissingKey
		switch {
		case err == nil:
		case k.ID == demoKeyID():
			return faultOf(err, "数据库里有演示数据，用演示密钥加密", "演示库不能转为正式使用：请用 --dir 指定另一个空的数据目录")
		case errors.As(err, &missing):
			return faultOf(err, err.Error()+"；为防止改用明文，服务不会启动",
				fmt.Sprintf("设置环境变量 %s（密钥文件的路径）或 %s（密钥），内容是密钥 %s；密钥不在备份里，请从另存的地方取回。%s", dataKeyFileEnv, dataKeyEnv, k.ID, ifUnused(k.ID)))
		default:
			return faultOf(err, err.Error()+"；服务不会启动",
				fmt.Sprintf("取回密钥 %s，写进密钥文件，一行一把；最后一行是现用密钥，以前的也要保留。若刚恢复了较早的备份，需要的是当时的密钥。%s", k.ID, ifUnused(k.ID)))
		}
	}
	return nil
}

func ifUnused(id string) string {
	return "如果密钥已经丢失，而平台还没有接收过个人信息：gongkai key forget " + id
}

// knowKey makes the current key known, before anything is sealed with it.
func (p *platform) knowKey(tx core.App, by actor, ring *sealed.Keyring) error {
	probe, err := ring.Probe()
	if err != nil {
		return err
	}
	now := time.Now().UTC().Format(records.InstantLayout)
	_, err = tx.DB().Insert(records.Sealing, dbx.Params{"id": core.GenerateDefaultRandomId(), "key_id": ring.CurrentID(), "probe": probe, "created": now, "updated": now}).Execute()
	if err != nil {
		return fmt.Errorf("make the data key known: %w", err)
	}
	return p.audit(tx, by, deed{"use_key", records.Sealing, ring.CurrentID(), nil})
}

// forgetKeys leaves the current key only, and returns the ids of the others.
func forgetKeys(tx core.App, current string) (ids []string, err error) {
	known, err := knownKeys(tx)
	if err != nil {
		return nil, err
	}
	for _, k := range known {
		if k.ID != current {
			ids = append(ids, k.ID)
		}
	}
	_, err = tx.DB().Delete(records.Sealing, dbx.Not(dbx.HashExp{"key_id": current})).Execute()
	return ids, err
}

// forgetKey makes the server do without a key that was lost before anything was
// sealed with it.
func (p *platform) forgetKey(ctx context.Context, id string) error {
	return p.app.RunInTransaction(func(tx core.App) error {
		result, err := tx.DB().Delete(records.Sealing, dbx.HashExp{"key_id": id}).Execute()
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, fmt.Errorf("服务并不需要密钥 %q；gongkai key status 列出它需要的", id))
		}
		counts, err := countSealed(ctx, tx, sealedFields)
		if err != nil {
			return err
		}
		if n, _ := (dataKeyFacts{counts: counts}).in(func(key string) bool { return key == id }); n > 0 {
			return fmt.Errorf("有 %d 项个人信息是用密钥 %s 加密保存的，不能没有它", n, id)
		}
		return p.audit(tx, atTerminal, deed{"forget_key", records.Sealing, id, nil})
	})
}

// keepSealing: rows come from knowKey only. Whoever could delete one could start
// the server with another key, and what is sealed would be lost. A demonstration
// stays one: its key is no secret.
func keepSealing(app core.App) {
	refuse := func(*core.RecordEvent) error {
		return validation.Errors{"id": validation.NewError("sealing_is_final", "密钥登记只能由系统更改；更换密钥用 gongkai key rotate")}
	}
	app.OnRecordCreate(records.Sealing).BindFunc(refuse)
	app.OnRecordUpdate(records.Sealing).BindFunc(refuse)
	app.OnRecordDelete(records.Sealing).BindFunc(refuse)
	app.OnRecordUpdate(records.Districts).BindFunc(func(e *core.RecordEvent) error {
		if e.Record.GetBool("demo") || !e.Record.Original().GetBool("demo") {
			return e.Next()
		}
		known, err := knownKeys(e.App)
		if err != nil {
			return err
		}
		if isKnown(known, demoKeyID()) {
			return refused("demo", "demo_is_final", "这是演示库，不能转为正式使用；请用另一个空的数据目录")
		}
		return e.Next()
	})
}

func idIs(id string) dbx.Expression { return dbx.HashExp{"id": id} }
