package pb_hooks

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/sealed"
)

// The data key comes from one of these: the keys themselves, or the path of a
// file with them.
const (
	dataKeyEnv     = "GONGKAI_DATA_KEY"
	dataKeyFileEnv = "GONGKAI_DATA_KEY_FILE"
)

// demoKey seals what the demonstration district holds, where nothing else is set
// up. It is no secret: nobody there exists.
const demoKey = "823015ed439316a0157685e5c1b5d6f39824521d8843f25ea23256e93d2e0c4c"

// dataKeys are the keys at hand and where they came from, in words.
type dataKeys struct {
	ring *sealed.Keyring // nil: no key is set up
	from string
	demo bool // the key of the demonstration
}

// keyFault is why the data key cannot be used as it is: what was found, and what
// IT does about it.
type keyFault struct {
	code, found, todo string
	cause             error
}

func (e keyFault) Error() string { return e.found + "。\n" + e.todo }

// Code is the machine's name of the error.
func (e keyFault) Code() string { return e.code }

func (e keyFault) Unwrap() error { return e.cause }

// ExitCode is EX_CONFIG of sysexits.h: starting again will not help.
func (e keyFault) ExitCode() int { return 78 }

// faultOf makes a keyFault of an error of package sealed.
func faultOf(err error, found, todo string) keyFault {
	f := keyFault{code: "data_key_unusable", found: found, todo: todo, cause: err}
	var coded interface{ Code() string }
	if errors.As(err, &coded) {
		f.code = coded.Code()
	}
	return f
}

// findKeys looks where the data key is said to be. That nothing is said is no
// error: what is public does not need a key. A key that is set up and cannot be
// used is a keyFault, for whoever set it up relies on it.
func findKeys(app core.App) (dataKeys, error) {
	text, path := os.Getenv(dataKeyEnv), os.Getenv(dataKeyFileEnv)
	k := dataKeys{from: "环境变量 " + dataKeyEnv}
	switch {
	case text == "" && path == "":
		if !isDemonstration(app) {
			return dataKeys{}, nil
		}
		ring, err := sealed.ParseKeys(demoKey)
		return dataKeys{ring, "演示密钥", true}, err
	case text != "" && path != "":
		return k, keyFault{"data_key_twice", fmt.Sprintf("环境变量 %s 和 %s 都设置了", dataKeyEnv, dataKeyFileEnv), "只保留一个，建议保留 " + dataKeyFileEnv, nil}
	case path != "":
		var err error
		k.from = "密钥文件 " + path
		if text, err = readKeyFile(path, app.DataDir()); err != nil {
			return k, err
		}
	}
	ring, err := sealed.ParseKeys(text)
	switch {
	case err != nil:
		return k, faultOf(err, k.from+"："+err.Error(), "改正这一行；如果它原来是对的，从另存的密钥恢复，不要用新密钥代替")
	case ring == nil:
		return k, keyFault{"data_key_empty", k.from + " 里没有密钥", "从另存的密钥恢复；第一次安装时用 gongkai key new 生成", nil}
	case slices.Contains(ring.IDs(), demoKeyID()) && !isDemonstration(app):
		return k, keyFault{"data_key_of_demo", k.from + " 里有演示密钥，它是公开的", "用 gongkai key new 生成一把密钥代替它", nil}
	}
	k.ring = ring
	return k, nil
}

func demoKeyID() string {
	ring, err := sealed.ParseKeys(demoKey)
	if err != nil {
		panic(err)
	}
	return ring.CurrentID()
}

// isDemonstration reports whether the database says that it is one. Of a
// database not yet made it is false.
func isDemonstration(app core.App) bool {
	var demo bool
	err := app.DB().Select("demo").From(records.Districts).Where(idIs(records.DistrictID)).Row(&demo)
	return err == nil && demo
}

// keyring returns the keys that openKeys found; nil if there are none. A nil
// Keyring seals nothing and says so.
func (p *platform) keyring() *sealed.Keyring {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.keys.ring
}

// openKeys finds the data keys, compares them with those the database knows, and
// keeps them. It fails with a keyFault.
func (p *platform) openKeys() error {
	keys, err := findKeys(p.app)
	if err != nil {
		return err
	}
	known, err := knownKeys(p.app)
	if err != nil {
		return err
	}
	if err := checkKeys(keys, known); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys = keys
	return nil
}

// useKey makes the current key known, before anything is sealed with it. A server
// does so with every new key; a command only where there is none yet, because a
// server that is running would not have it. It must not run inside a transaction.
func (p *platform) useKey(by actor, isServer bool) error {
	ring := p.keyring()
	if ring == nil {
		return nil
	}
	return p.app.RunInTransaction(func(tx core.App) error {
		known, err := knownKeys(tx)
		if err != nil || isKnown(known, ring.CurrentID()) || !isServer && len(known) > 0 {
			return err
		}
		return p.knowKey(tx, by, ring)
	})
}

// openDemoKey takes the key of a demonstration that a command made while the
// server, which had no key, was running.
func (p *platform) openDemoKey() {
	if p.keyring() != nil || !isDemonstration(p.app) {
		return
	}
	if err := errors.Join(p.openKeys(), p.useKey(p.itself(), true)); err != nil {
		p.app.Logger().Error("open the key of the demonstration", "error", err)
	}
}

// bindKey refuses to serve while a key is missing that personal data is sealed
// with. Without any key the public site is served all the same: schools must go
// on disclosing, and what needs a key refuses by itself.
func bindKey(app core.App, p *platform) {
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		if err := p.openKeys(); err != nil {
			return err
		}
		return se.Next()
	})
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Priority: 999, // next to the listener: what begins to work when it listens finds the key known
		Func: func(se *core.ServeEvent) error {
			if err := se.Next(); err != nil { // a server that cannot listen is none
				return err
			}
			return p.useKey(p.itself(), true)
		},
	})
	keepSealing(app)
	bindSealed(app, p)
}
