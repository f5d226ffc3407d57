package registry

import (
	"errors"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func read(t testing.TB, file string) []Row {
	t.Helper()
	rows, err := ReadCSV(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func gbk(t testing.TB, text string) string {
	t.Helper()
	encoded, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func TestReadCSVField(t *testing.T) {
	for _, tt := range []struct {
		name, file, field string
		want              string
	}{
		{"English headers are understood", "name,stage\n甲学校,小学\n", "name", "甲学校"},
		{"Chinese headers are understood", "学校名称,学段\n甲学校,小学\n", "name", "甲学校"},
		{"a byte order mark is no part of the header", "\ufeffname,stage\n甲学校,小学\n", "name", "甲学校"},
		{"lines may end as on Windows", "name,stage\r\n甲学校,小学\r\n", "stages", "小学"},
		{"the columns may come in any order", "学段,学校名称\n小学,甲学校\n", "stages", "小学"},
		{"full-width spaces around a cell are dropped", "name,stage\n　甲学校　,　小学 \n", "name", "甲学校"},
		{"a line break inside a cell becomes a space", "name,stage,address\n甲学校,小学,\"甲路1号\n乙路2号\"\n", "address", "甲路1号 乙路2号"},
		{"invisible signs are dropped", "name,stage\n甲\u200b学校,小学\n", "name", "甲学校"},
		{"half-width brackets in a name become full-width", "name,stage\n甲学校(乙部),小学\n", "name", "甲学校（乙部）"},
		{"several stages are put in order, each once", "name,stage\n甲学校,初中、小学;初中|小学\n", "stages", "小学、初中"},
		{"a stage may be written as a kind of school", "name,stage\n甲学校,九年一贯制学校\n", "stages", "九年一贯制"},
		{"a stage has more names than one", "name,stage\n甲学校,高级中学、初级中学\n", "stages", "初中、高中"},
		{"nature is the ownership", "name,stage,nature\n甲学校,小学,民办\n", "ownership", "民办"},
		{"an empty ownership stays empty", "name,stage,办学性质\n甲学校,小学,\n", "ownership", ""},
		{"meals are yes or no", "name,stage,供餐\n甲学校,小学,是\n", "meals", "是"},
		{"boarding has a short header too", "name,stage,住宿\n甲学校,小学,有\n", "boarding", "是"},
		{"a Chinese status becomes the stored one", "name,stage,状态\n甲学校,小学,已合并\n", "status", Merged},
		{"an English status is accepted", "name,stage,status\n甲学校,小学,planned\n", "status", Planned},
		{"a code may be typed full-width", "name,stage,code\n甲学校,小学,３１０１\n", "code", "3101"},
		{"aliases are a list", "name,stage,aliases\n甲学校,小学,甲校、老甲校、甲校\n", "aliases", "甲校、老甲校"},
		{"a place on the map is read", "name,stage,lon,lat\n甲学校,小学,121.38,31.11\n", "lon", "121.38"},
		{"pinyin initials given are kept", "name,stage,initials\n甲学校,小学,JXX\n", "initials", "jxx"},
		{"extensions and several numbers of a telephone stay", "name,stage,phone\n甲学校,小学,64356378转8118；64300866转8005\n", "phone", "64356378转8118；64300866转8005"},
		{"full-width figures of a telephone become plain", "name,stage,phone\n甲学校,小学,０２１－５４７０３４０６\n", "phone", "021-54703406"},
		{"a semicolon, comma or slash between telephones becomes one sign", "name,stage,phone\n甲学校,小学,\"64350001; 64350002，64350003/64350004;\"\n", "phone", "64350001；64350002；64350003；64350004"},
		{"a dash of a printed page becomes a plain one", "name,stage,phone\n甲学校,小学,021—5470 3406\n", "phone", "021-5470 3406"},
		{"empty columns at the end do no harm", "name,stage,,\n甲学校,小学,,\n", "name", "甲学校"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows := read(t, tt.file)
			if len(rows) != 1 || len(rows[0].Problems) > 0 {
				t.Fatalf("got %+v, want one good row", rows)
			}
			if got := fieldNamed(tt.field).show(rows[0].School); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func fieldNamed(name string) field {
	for _, f := range fields {
		if f.name == name {
			return f
		}
	}
	panic(name)
}

func TestReadCSVEncodings(t *testing.T) {
	text := "学校名称,学段\n上海市航华中学,初中\n"
	for name, file := range map[string]string{"UTF-8": text, "GBK, as Chinese spreadsheets write it": gbk(t, text)} {
		t.Run(name, func(t *testing.T) {
			if got := read(t, file)[0].School.Name; got != "上海市航华中学" {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestReadCSVProblems(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		line       int
		field      string
		want       string // part of the reason
	}{
		{"a name is needed", "name,stage\n,小学\n", 2, "name", "没有填写"},
		{"a stage is needed", "name,stage\n甲学校,\n", 2, "stages", "没有填写"},
		{"a stage column is needed in effect", "name\n甲学校\n", 2, "stages", "没有填写"},
		{"an unknown stage is named with those allowed", "name,stage\n甲学校,大学\n", 2, "stages", "“大学”不是规定的学段，可填：幼儿园、小学"},
		{"an unknown ownership is named", "name,stage,nature\n甲学校,小学,国有\n", 2, "ownership", "可填：公办、民办"},
		{"meals that are neither yes nor no are named", "name,stage,meals\n甲学校,小学,可能\n", 2, "meals", "“是”或“否”"},
		{"an unknown status is named", "name,stage,status\n甲学校,小学,停办\n", 2, "status", "已撤销"},
		{"a code with signs is refused", "name,stage,code\n甲学校,小学,31-01\n", 2, "code", "4 至 20 位"},
		{"a website without a scheme is refused", "name,stage,website\n甲学校,小学,www.example.cn\n", 2, "website", "https://"},
		{"a website that runs a script is refused", "name,stage,website\n甲学校,小学,javascript://x/%0aalert(1)\n", 2, "website", "https://"},
		{"a name too long is refused", "name,stage\n" + strings.Repeat("长", 101) + ",小学\n", 2, "name", "超过 100 个字"},
		{"a longitude out of the world is refused", "name,stage,lon,lat\n甲学校,小学,NaN,31\n", 2, "lon", "-180"},
		{"a latitude without a longitude is refused", "name,stage,lat\n甲学校,小学,31\n", 2, "lon", "同时填写"},
		{"a cell beyond the header is refused", "name,stage\n甲学校,小学,3\n", 2, "", "第 3 列"},
		{"the line counted is that of the file, empty ones included", "name,stage\n\n,,\n\"甲\n校\",小学\n乙校,大学\n", 6, "stages", "大学"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows := read(t, tt.file)
			problems := rows[len(rows)-1].Problems
			if len(problems) != 1 {
				t.Fatalf("got %v, want one problem", problems)
			}
			if p := problems[0]; p.Line != tt.line || p.Field != tt.field || !strings.Contains(p.Reason, tt.want) {
				t.Errorf("got %+v, want line %d, field %q, reason with %q", p, tt.line, tt.field, tt.want)
			}
		})
	}
}

func TestReadCSVDoubles(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		want       []string // the reasons, line by line
	}{
		{"two schools with one code are both named", "name,stage,code\n甲校,小学,3101\n乙校,小学,3101\n", []string{"与第 3 行重复", "与第 2 行重复"}},
		{"one name twice is named twice", "name,stage\n甲校,小学\n乙校,小学\n甲校,初中\n", []string{"与第 4 行重复", "", "与第 2 行重复"}},
		{"a name differing in brackets only is the same", "name,stage\n甲（乙）,小学\n甲(乙),小学\n", []string{"与第 3 行重复", "与第 2 行重复"}},
		{"a campus may repeat the code of its school", "name,stage,code\n甲校,小学,3101\n甲校（北校区）,小学,3101\n", []string{"", ""}},
		{"empty codes are not doubles", "name,stage,code\n甲校,小学,\n乙校,小学,\n", []string{"", ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for i, row := range read(t, tt.file) {
				got := ""
				for _, p := range row.Problems {
					got += p.Reason
				}
				if got != tt.want[i] {
					t.Errorf("line %d: got %q, want %q", row.Line, got, tt.want[i])
				}
			}
		})
	}
}

func TestReadCSVBadFile(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"an empty file is refused", "", "空的"},
		{"a header alone is refused", "name,stage\n,\n", "没有任何学校"},
		{"a file without names is refused", "stage,address\n小学,甲路\n", "学校名称"},
		{"columns nobody knows are all named", "name,stage,校训,foo\n甲,小学,乙,c\n", "“校训”、“foo”"},
		{"one field in two columns is refused", "name,学校名称,stage\n甲,乙,小学\n", "两列都是“学校名称”"},
		{"an open quotation mark is refused with its line", "name,stage\n甲\"校,小学\n", "第 2 行"},
		{"an Excel workbook is refused with advice", "PK\x03\x04rest", "CSV UTF-8"},
		{"UTF-16 is refused with advice", "\xff\xfen\x00", "UTF-16"},
		{"bytes that are no text are refused", "name,stage\n\xff\xff\xff\x00", "编码"},
		{"a file of many megabytes is refused", strings.Repeat("a", maxFile+1), "10 MB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ReadCSV(strings.NewReader(tt.file))
			var bad BadFile
			if !errors.As(err, &bad) || bad.Code() != "registry_file_invalid" || bad.Params()["reason"] != bad.Reason {
				t.Fatalf("got %#v, want a BadFile", err)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %q, want %q in it", err, tt.want)
			}
		})
	}
}

func TestReadCSVOfDistrict(t *testing.T) {
	file, err := os.Open("../../examples/minhang-schools.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := ReadCSV(file)
	if err != nil || len(rows) != 157 {
		t.Fatalf("got %d rows, %v; want 157", len(rows), err)
	}
	for _, row := range rows {
		if len(row.Problems) > 0 {
			t.Errorf("line %d: %v", row.Line, row.Problems)
		}
	}
}
