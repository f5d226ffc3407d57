package pb_hooks

import (
	"strings"
	"testing"

	"gongkai/pb_hooks/sealed"
)

func TestJudgeDataKey(t *testing.T) {
	a, b := sealed.NewKey(), sealed.NewKey()
	ringOf := func(keys ...string) *sealed.Keyring {
		ring, err := sealed.ParseKeys(strings.Join(keys, "\n"))
		if err != nil {
			t.Fatal(err)
		}
		return ring
	}
	known := func(keys ...string) (list []knownKey) {
		for _, k := range keys {
			probe, err := ringOf(k).Probe()
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, knownKey{ringOf(k).CurrentID(), probe})
		}
		return list
	}
	count := func(key string, n int) sealedCount {
		id := ""
		if key != "" {
			id = ringOf(key).CurrentID()
		}
		return sealedCount{sealedField{Collection: "c", Field: "f"}, id, n}
	}
	at := func(keys ...string) dataKeys { return dataKeys{ring: ringOf(keys...), from: "密钥文件 /k"} }
	for _, tt := range []struct {
		name  string
		facts dataKeyFacts
		level level
		want  string
	}{
		{"no key", dataKeyFacts{}, fault, "gongkai key new"},
		{"a key", dataKeyFacts{keys: at(a), known: known(a), counts: []sealedCount{count(a, 3)}}, fine, "（密钥文件 /k），加密保存 3 项"},
		{"a key before the first start", dataKeyFacts{keys: at(a)}, fine, "0 项"},
		{"no key for what is sealed", dataKeyFacts{known: known(a), counts: []sealedCount{count(a, 3)}}, fault, "服务不会启动"},
		{"another key than what is sealed", dataKeyFacts{keys: at(b), known: known(a)}, fault, "取回密钥 " + ringOf(a).CurrentID()},
		{"a key that cannot be used", dataKeyFacts{fault: keyFault{"c", "找到", "去做", nil}, known: known(a)}, fault, "去做"},
		{"an error", dataKeyFacts{fault: errBroken}, fault, "broken"},
		{"a database that cannot be read", dataKeyFacts{keys: at(a), err: errBroken}, fault, "broken"},
		{"plain text", dataKeyFacts{keys: at(a), known: known(a), counts: []sealedCount{count(a, 3), count("", 2)}}, fault, "2 项个人信息是明文"},
		{"what was sealed with an unknown key", dataKeyFacts{keys: at(a), known: known(a), counts: []sealedCount{count(b, 2)}}, fault, "2 项用密钥 " + ringOf(b).CurrentID()},
		{"an old key in use", dataKeyFacts{keys: at(a, b), known: known(a, b), counts: []sealedCount{count(a, 3), count(b, 4)}}, notice, "7 项中有 3 项"},
		{"a new key before the restart", dataKeyFacts{keys: at(a, b), known: known(a), counts: []sealedCount{count(a, 3)}}, notice, "重启服务，再执行 gongkai key rotate"},
		{"an old key that is not used, before rotation", dataKeyFacts{keys: at(a, b), known: known(a, b), counts: []sealedCount{count(b, 4)}}, notice, "gongkai key rotate"},
		{"an old key that is not used, before the restart", dataKeyFacts{keys: at(a, b), known: known(a)}, notice, "重启服务"},
		{"an old key that is not used, after rotation", dataKeyFacts{keys: at(a, b), known: known(b), counts: []sealedCount{count(b, 4)}}, notice, "旧备份都删除后"},
		{"the demonstration's", dataKeyFacts{keys: dataKeys{ringOf(demoKey), "演示密钥", true}, known: known(demoKey)}, notice, "演示密钥"},
		{"the demonstration's for real data", dataKeyFacts{known: known(demoKey)}, fault, "空的数据目录"},
	} {
		got := judgeDataKey(tt.facts)
		if got.Level != tt.level || !strings.Contains(got.Found+got.Todo, tt.want) || (got.Level == fine) != (got.Todo == "") {
			t.Errorf("%s: got %+v", tt.name, got)
		}
	}
}
