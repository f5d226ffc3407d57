package audit_test

import (
	"strings"
	"testing"

	"gongkai/pb_hooks/audit"
)

func TestEveryWordIsSaidOnce(t *testing.T) {
	once(t, audit.Actions())
	once(t, audit.Ways())
	once(t, audit.Collections())
	once(t, audit.Fields())
}

func once[T interface {
	~string
	Name() string
}](t *testing.T, values []T) {
	t.Helper()
	seen := map[T]bool{}
	for _, v := range values {
		if name := v.Name(); name == "" || seen[v] || strings.ContainsAny(string(v)+name, `'\`) { // they become TypeScript
			t.Errorf("%q is %q, seen %v", v, name, seen[v])
		}
		seen[v] = true
	}
}

func TestNames(t *testing.T) {
	for action, want := range map[audit.Action]string{"claim": "领取或放回", "PATCH settings": "更改系统设置",
		"DELETE collections/{collection}/truncate": "清空数据表", "PUT later/{thing}": "其他操作：PUT later/{thing}"} {
		if got := action.Name(); got != want {
			t.Errorf("%s: got %s, want %s", action, got, want)
		}
	}
	if w, c, f := audit.Way("dashboard").Name(), audit.Collection("article_steps").Name(), audit.Field("duties").Name(); w != "后台" || c != "办理环节" || f != "职责" {
		t.Errorf("got %s, %s, %s", w, c, f)
	}
	if w, c, f := audit.Way("x").Name(), audit.Collection("x").Name(), audit.Field("x").Name(); w+c+f != "" {
		t.Errorf("got %s, %s, %s", w, c, f)
	}
}
