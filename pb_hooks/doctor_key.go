package pb_hooks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// dataKeyFacts is what there is of data keys: at hand, known to the database, and
// in use.
type dataKeyFacts struct {
	keys   dataKeys
	fault  error // why those set up cannot be used
	known  []knownKey
	counts []sealedCount
	err    error // the database or the files cannot be read
}

func gatherDataKey(ctx context.Context, app core.App) (f dataKeyFacts) {
	f.keys, f.fault = findKeys(app)
	if f.known, f.err = knownKeys(app); f.err == nil {
		f.counts, f.err = countSealed(ctx, app, sealedFields)
	}
	return f
}

// isHere reports whether the key of an id is at hand.
func (f dataKeyFacts) isHere(id string) bool { return slices.Contains(f.keys.ring.IDs(), id) }

// in counts what is sealed with keys of which is is true, and lists their ids.
func (f dataKeyFacts) in(is func(id string) bool) (count int, ids string) {
	list := []string{}
	for _, c := range f.counts {
		if is(c.Key) {
			count += c.Count
			if !slices.Contains(list, c.Key) {
				list = append(list, c.Key)
			}
		}
	}
	return count, strings.Join(list, "、")
}

func judgeDataKey(f dataKeyFacts) finding {
	const check = "数据密钥"
	err := f.fault
	if err == nil {
		err = checkKeys(f.keys, f.known)
	}
	var wrong keyFault
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("读不到加密保存的内容：%v", f.err), "检查数据库和文件的存储位置是否完好"}
	case errors.As(err, &wrong):
		return finding{check, fault, wrong.found, wrong.todo}
	case err != nil:
		return finding{check, fault, err.Error(), "请使用正式发布的 gongkai 程序"}
	}
	current := f.keys.ring.CurrentID()
	if n, _ := f.in(func(id string) bool { return id == "" }); n > 0 {
		return finding{check, fault, fmt.Sprintf("有 %d 项个人信息是明文", n), "查明是什么程序直接写了数据库；gongkai key status 说明在哪里；清除这些内容，由 gongkai 重新录入"}
	}
	if n, ids := f.in(func(id string) bool { return !f.isHere(id) }); n > 0 {
		return finding{check, fault, fmt.Sprintf("有 %d 项用密钥 %s 加密，现有的密钥解不开", n, ids), "取回这把密钥，写进密钥文件（不要放在最后一行），重启服务"}
	}
	if current == "" {
		return finding{check, fault, "没有数据密钥，不能接收依申请公开等含个人信息的办理", "gongkai key new 生成一把并说明怎样使用；在别处另存一份，备份里没有它"}
	}
	rotate := "gongkai key rotate"
	if !isKnown(f.known, current) {
		rotate = "重启服务，再执行 gongkai key rotate"
	}
	total, _ := f.in(func(string) bool { return true })
	old, ids := f.in(func(id string) bool { return id != current })
	at := f.keys.ring.IDs()
	switch {
	case old > 0:
		return finding{check, notice, fmt.Sprintf("%d 项中有 %d 项还在用旧密钥 %s", total, old, ids), rotate}
	case slices.ContainsFunc(f.known, func(k knownKey) bool { return k.ID != current }):
		return finding{check, notice, "旧密钥没有内容在用，但还没有停用", rotate}
	case f.keys.demo:
		return finding{check, notice, "演示密钥，它是公开的，只用于演示库", "正式使用时换一个空的数据目录，并用 gongkai key new 生成密钥"}
	case len(at) > 1:
		return finding{check, notice, "旧密钥 " + strings.Join(at[:len(at)-1], "、") + " 已不用于数据库", "用它的旧备份都删除后，把它从密钥文件移走"}
	}
	return finding{check, fine, fmt.Sprintf("%s（%s），加密保存 %d 项", current, f.keys.from, total), ""}
}
