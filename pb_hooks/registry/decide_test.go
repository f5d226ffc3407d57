package registry

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
)

func TestCompareDecision(t *testing.T) {
	rows := rowA + "\n" + rowB + "\nid=3;name=上海市闵行区丙林实验中学;address=丙路5号"
	for _, tt := range []struct {
		name string
		Decision
		want string
	}{
		{"a row that is a school is that school from then on", Decision{"id:3", "c"},
			"3 rename 上海市闵行区丙林第二中学 [学校名称：上海市闵行区丙林第二中学 → 上海市闵行区丙林实验中学] [学校简称：丙林第二中学 → 丙林实验中学] [拼音首字母：bldezx → blsyzx] [别名：上海市闵行区丙林第二中学]\n3 update 上海市闵行区丙林第二中学 [机构编号：3]"},
		{"a row that is a school of its own is opened", Decision{"id:3", ""}, "3 create 上海市闵行区丙林实验中学\n0 vanish 上海市闵行区丙林第二中学 [状态：开办 → 已撤销] known"},
		{"a choice of a school that is not stored any more is asked again", Decision{"id:3", "gone"}, "3 unsure 上海市闵行区丙林实验中学 ?上海市闵行区丙林第二中学（名称相似 44%，地址相同）"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := told(Compare(district(), say(t, rows), minhang, Options{Decisions: []Decision{tt.Decision}})); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestCompareCorrection(t *testing.T) {
	for _, tt := range []struct {
		name, phone, want string
		feedback, agreed  int
	}{
		{"the register still says what it said: kept, and offered to it", "64350001", "1 conflict 上海市甲山中学 [电话：64350000 → 64350001] known", 1, 0},
		{"the register says a third thing: a person decides", "64359999", "1 conflict 上海市甲山中学 [电话：64350000 → 64359999]", 1, 0},
		{"the register says the same: the correction has done its work", "021-64350000", "", 0, 1},
		{"the register says nothing: nothing is known", "", "", 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows := "id=1;code=3112000001;name=上海市甲山中学;town=莘庄镇;phone=" + tt.phone + "\n" + rowB + "\n" + rowC
			o := Options{Corrections: []Correction{{School: "a", Field: "phone", Value: "64350000", Was: "64350001", At: "2026-03-01"}}}
			set := Compare(district(), say(t, rows), minhang, o)
			if got := told(set); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			if len(set.Feedback) != tt.feedback || len(set.Agreed) != tt.agreed {
				t.Errorf("feedback %+v, agreed %+v", set.Feedback, set.Agreed)
			}
		})
	}
	t.Run("the register's value is taken once a person decides so", func(t *testing.T) {
		o := Options{Corrections: []Correction{{School: "a", Field: "phone", Value: "64350000", Was: "64350001"}}}
		set := Compare(district(), say(t, "id=1;name=上海市甲山中学;phone=64359999"), minhang, o)
		l := set.Lines[slices.IndexFunc(set.Lines, func(l Line) bool { return l.Kind == Conflict })]
		if got := l.Apply(district()[0]); got.Phone != "64359999" {
			t.Errorf("got %s", got.Phone)
		}
	})
	t.Run("a corrected name is not changed back, nor taken for another school", func(t *testing.T) {
		stored := district()
		stored[0].Name, stored[0].Aliases = "上海市甲山实验中学", []string{"上海市甲山中学"}
		o := Options{Corrections: []Correction{{School: "a", Field: "name", Value: "上海市甲山实验中学", Was: "上海市甲山中学"}}}
		set := Compare(stored, say(t, rowA+"\n"+rowB+"\n"+rowC), minhang, o)
		if got, want := told(set), "1 conflict 上海市甲山实验中学 [学校名称：上海市甲山实验中学 → 上海市甲山中学] known"; got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	})
	t.Run("a school that was closed here by hand is not opened again", func(t *testing.T) {
		o := Options{Corrections: []Correction{{School: "d", Field: "status", Value: "closed", Was: "open"}}}
		for row, want := range map[string]string{"id=4;name=上海市丁田学校": "", "id=4;name=上海市丁田学校;status=开办": "4 conflict 上海市丁田学校 [状态：已撤销 → 开办] known"} {
			if got := told(Compare(district(), say(t, rowA+"\n"+rowB+"\n"+rowC+"\n"+row), minhang, o)); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
	})
}

func TestCompareVanish(t *testing.T) {
	rows := say(t, rowA+"\n"+rowB)
	missing := map[string]int{}
	for _, want := range []bool{false, false, true, true} {
		set := Compare(district(), rows, minhang, Options{Missing: missing})
		if set.Count(Vanish) != 1 || set.Lines[slices.IndexFunc(set.Lines, func(l Line) bool { return l.Kind == Vanish })].Acceptable() != want {
			t.Fatalf("after %v: %s", missing, told(set))
		}
		missing = set.Missing
	}
	t.Run("an incremental answer says nothing of who is not in it", func(t *testing.T) {
		set := Compare(district(), rows[:1], minhang, Options{Partial: true, Missing: missing})
		if told(set) != "" || set.Missing["c"] != 4 || set.Missing["b"] != 0 {
			t.Errorf("%s %v", told(set), set.Missing)
		}
	})
	t.Run("who is seen again is counted anew", func(t *testing.T) {
		set := Compare(district(), say(t, rowA+"\n"+rowB+"\n"+rowC), minhang, Options{Missing: missing})
		if len(set.Missing) != 0 {
			t.Errorf("%v", set.Missing)
		}
	})
}

// many are n schools and a row for each.
func many(n int) ([]School, []Row) {
	var schools []School
	var rows []Row
	for i := range n {
		row := ReadRow(i+1, map[string]any{"registry_id": i + 1, "code": 3112000000 + i, "name": "上海市" + string(rune('一'+i%2000)) + string(rune('丁'+i%1999)) + "小学", "stages": "小学",
			"address": string(rune('一'+i%300)) + "路" + string(rune('0'+i%10)) + "号", "phone": 64000000 + i})
		s := row.School
		s.ID, s.Status, s.ShortName = "s"+s.Code, Open, ShortName(s.Name, "闵行区")
		s.Initials = Initials(s.ShortName)
		schools, rows = append(schools, s), append(rows, row)
	}
	return schools, rows
}

func TestCompareStops(t *testing.T) {
	schools, rows := many(138)
	for _, tt := range []struct {
		name string
		set  Set
		want string
	}{
		{"an answer that says the same goes on", Compare(schools, rows, minhang, Options{Shares: UsualShares}), ""},
		{"half an answer stops the run", Compare(schools, rows[41:], minhang, Options{Shares: UsualShares}), "这次会关闭 41 所（29.7%），超过 5%；请先核对来源"},
		{"who was missing before a person let it go on is no news", Compare(schools, rows[41:], minhang, Options{Shares: UsualShares, Missing: Compare(schools, rows[41:], minhang, Options{}).Missing}), ""},
		{"without limits nothing stops", Compare(schools, rows[41:], minhang, Options{}), ""},
		{"an incremental answer of a few goes on", Compare(schools, rows[:3], minhang, Options{Shares: UsualShares, Partial: true}), ""},
		{"one of three does not stop a small district", Compare(schools[:3], rows[:2], minhang, Options{Shares: UsualShares}), ""},
		{"ten times the schools stop", Compare(schools[:13], rows, minhang, Options{Shares: UsualShares}), "这次会新增 125 所（961.5%），超过 30%；请先核对来源"},
		{"the first schools of a district do not", Compare(nil, rows, minhang, Options{Shares: UsualShares}), ""},
		{"filling what was empty changes nothing", Compare(schools, changed(rows, func(r *Row) { r.School.Principal, r.Given["principal"] = "王丽", true }), minhang, Options{Shares: UsualShares}), ""},
		{"a value that becomes another at most schools stops", Compare(schools, changed(rows, func(r *Row) { r.School.Phone = "1" + r.School.Phone }), minhang, Options{Shares: UsualShares}), "这次会改动 138 所（100%），超过 50%；请先核对来源"},
		{"names that all become others stop", Compare(schools, changed(rows, func(r *Row) { r.School.Name = "新" + r.School.Name }), minhang, Options{Shares: UsualShares}), "这次会更名 138 所（100%），超过 10%；请先核对来源"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.set.Stop != tt.want {
				t.Errorf("got %q, want %q", tt.set.Stop, tt.want)
			}
			if everything := []Rule{{From: Create}, {From: Update}, {From: Rename}}; tt.want != "" && len(tt.set.Accepted(everything)) > 0 {
				t.Error("a rule accepted lines of a set that is stopped")
			}
		})
	}
}

func changed(rows []Row, by func(*Row)) []Row {
	rows = slices.Clone(rows)
	for i := range rows {
		given := map[string]bool{}
		for name := range rows[i].Given {
			given[name] = true
		}
		rows[i].Given = given
		by(&rows[i])
	}
	return rows
}

func TestAccepted(t *testing.T) {
	rows := "id=1;code=3112000001;name=上海市甲山实验中学;town=莘庄镇;address=新路9号;phone=64351111;principal=王丽\n" + rowB + "\nname=上海市闵行区丙林二中;address=丙路5号;phone=64990000\nid=4;name=上海市丁田学校\nid=9;name=上海市戊海小学\nid=10;name=上海市甲山中学（东校区）"
	set := Compare(district(), say(t, rows), minhang, Options{})
	for _, tt := range []struct {
		name string
		rule Rule
		want []string
	}{
		{"phones of schools found by a number", Rule{Field: "phone", From: Update}, []string{"a phone"}},
		{"phones of schools found by another writing, where that is wanted", Rule{Field: "phone", From: Update, Basis: []Basis{ByRegistryID, ByWriting}}, []string{"a phone", "c phone"}},
		{"every value", Rule{From: Update}, []string{"a phone", "a principal"}},
		{"new schools", Rule{From: Create}, []string{" "}},
		{"moves", Rule{From: Move}, []string{"a address"}},
		{"a school is never reopened by a rule", Rule{From: Reopen}, nil},
		{"nor what is unsure", Rule{From: Unsure, Basis: Bases()}, nil},
		{"nor merged", Rule{From: Merge, Basis: Bases()}, nil},
		{"nor vanished", Rule{From: Vanish, Basis: Bases()}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, l := range set.Accepted([]Rule{tt.rule}) {
				field := ""
				if len(l.Fields) > 0 {
					field = l.Fields[len(l.Fields)-1].Field
				}
				got = append(got, l.School+" "+field)
			}
			slices.Sort(got)
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %q, want %q\n%s", got, tt.want, told(set))
			}
		})
	}
}

// A set is kept for review as JSON.
func TestSetAsJSON(t *testing.T) {
	set := Compare(district(), say(t, rowA+";principal=王丽\nid=9;name=上海市戊海小学"), minhang, Options{})
	kept, err := json.Marshal(set)
	if err != nil {
		t.Fatal(err)
	}
	var read Set
	if err := json.Unmarshal(kept, &read); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(set, read) {
		t.Errorf("got %+v\nwant %+v", read, set)
	}
}

func TestWords(t *testing.T) {
	for _, k := range Kinds() {
		if k.Label() == string(k) {
			t.Errorf("the kind %s has no word", k)
		}
	}
	for _, b := range Bases() {
		if b.Label() == string(b) {
			t.Errorf("the basis %s has no word", b)
		}
	}
}

func BenchmarkCompare(b *testing.B) {
	schools, rows := many(5000)
	strange := changed(rows, func(r *Row) {
		r.School.RegistryID, r.School.Code, r.School.Name = "", "", r.School.Name+"校"
		r.Given["registry_id"], r.Given["code"] = false, false
	})
	for _, bb := range []struct {
		name string
		rows []Row
	}{{"known", rows}, {"no number and no name known", strange}} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Compare(schools, bb.rows, minhang, Options{})
			}
		})
	}
}
