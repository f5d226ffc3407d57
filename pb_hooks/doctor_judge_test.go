package pb_hooks

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/mirror"
)

var errBroken = errors.New("broken")

// at is a moment of the test.
var at = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)

const gb = 1 << 30

func TestJudge(t *testing.T) {
	okDatabase := databaseFacts{quickCheck: "ok", synchronous: []int{2, 2}, journal: "wal"}
	openDoor := doorFacts{appURL: "https://xxgk.example.gov.cn", superuserIPs: []string{"10.1.0.0/16"}, superusers: 1, proxyHeaders: []string{"X-Real-IP"}, rateLimits: true}
	atHome := doorFacts{appURL: "http://127.0.0.1:8090"}
	with := func(change func(*doorFacts)) doorFacts {
		d := openDoor
		change(&d)
		return d
	}
	for _, tt := range []struct {
		name  string
		got   finding
		level level
		want  string // part of what was found or is to be done
	}{
		{"a folder that can be written is fine", judgeFolder(folderFacts{path: "/d", mode: 0o750}), fine, "0750"},
		{"a folder that is not there is a fault", judgeFolder(folderFacts{path: "/d", err: errBroken}), fault, "--dir"},
		{"a folder that cannot be written is a fault", judgeFolder(folderFacts{path: "/d", mode: 0o750, writeErr: errBroken}), fault, "chown"},
		{"a folder open to everybody is noticed", judgeFolder(folderFacts{path: "/d", mode: 0o755}), notice, "chmod 750 /d"},

		{"half an empty disk is fine", judgeDisk(diskFacts{"/d", 50 * gb, 100 * gb, nil}), fine, "50.0 GB，占 50%"},
		{"less than 10 GB is noticed", judgeDisk(diskFacts{"/d", 9 * gb, 20 * gb, nil}), notice, "清理或扩大"},
		{"less than a fifth is noticed", judgeDisk(diskFacts{"/d", 19 * gb, 100 * gb, nil}), notice, "19%"},
		{"less than 1 GB is a fault", judgeDisk(diskFacts{"/d", gb - 1, 2 * gb, nil}), fault, "清理或扩大"},
		{"a disk that cannot be asked is noticed", judgeDisk(diskFacts{"/d", 0, 0, errBroken}), notice, "10 GB"},

		{"this year's holidays are enough in September", judgeCalendar(calendarFacts{"2026-09-30", []int{2025, 2026}, nil}), fine, "2026"},
		{"from October next year's are missed", judgeCalendar(calendarFacts{"2026-10-01", []int{2025, 2026}, nil}), notice, "没有 2027 年"},
		{"in December, with next year's, it is fine", judgeCalendar(calendarFacts{"2026-12-31", []int{2026, 2027}, nil}), fine, "2027"},
		{"without this year's it is a fault", judgeCalendar(calendarFacts{"2027-01-01", []int{2025, 2026}, nil}), fault, "没有 2027 年"},
		{"a broken calendar is a fault", judgeCalendar(calendarFacts{"2026-01-01", []int{2026}, errBroken}), fault, "broken"},

		{"a head written today is fine", judgeAudit(auditFacts{rows: 7, path: "/x", newest: at.Add(-time.Hour)}, mailFacts{}, at), fine, "7 条，每天写入 /x"},
		{"a head written two days ago is a fault", judgeAudit(auditFacts{path: "/x", newest: at.Add(-48 * time.Hour)}, mailFacts{}, at), fault, "一天多没有写入"},
		{"a head not yet written is noticed", judgeAudit(auditFacts{path: "/x"}, mailFacts{}, at), notice, "还没有写入"},
		{"a head beside the data is noticed", judgeAudit(auditFacts{path: "/d/x", inside: true, newest: at}, mailFacts{}, at), notice, "GONGKAI_AUDIT_HEADS"},
		{"a head that is mailed is fine", judgeAudit(auditFacts{auditors: 2}, mailFacts{enabled: true}, at), fine, "2 位审计员"},
		{"a head that nobody is mailed is noticed", judgeAudit(auditFacts{}, mailFacts{enabled: true}, at), notice, "没有留存在别处"},
		{"heads that cannot be read are a fault", judgeAudit(auditFacts{path: "/x", err: errBroken}, mailFacts{}, at), fault, "broken"},

		{"encrypted settings are fine", judgeKey(keyFacts{env: "GONGKAI_KEY", length: 32, encrypted: true}), fine, "已用 GONGKAI_KEY 加密"},
		{"no key is noticed", judgeKey(keyFacts{env: "GONGKAI_KEY"}), notice, "openssl rand -hex 16"},
		{"no key while a password is stored is a fault", judgeKey(keyFacts{env: "GONGKAI_KEY", secrets: true}), fault, "明文"},
		{"a program told of no variable needs the option", judgeKey(keyFacts{}), notice, "--encryptionEnv=GONGKAI_KEY"},
		{"a key of another length is a fault", judgeKey(keyFacts{env: "K", length: 16}), fault, "16 个字符"},
		{"a key not used yet is noticed", judgeKey(keyFacts{env: "K", length: 32}), notice, "保存一次"},
		{"settings that cannot be read are a fault", judgeKey(keyFacts{err: errBroken}), fault, "broken"},

		{"a database in step with the program is fine", judgeMigrations(okDatabase), fine, "一致"},
		{"a migration not applied is a fault", judgeMigrations(databaseFacts{pending: []string{"1795_a.go"}}), fault, "gongkai serve"},
		{"a sound database is fine", judgeDatabase(okDatabase), fine, "FULL"},
		{"a damaged database is a fault", judgeDatabase(databaseFacts{quickCheck: "row 3 missing", synchronous: []int{2}, journal: "wal"}), fault, "恢复"},
		{"another journal is a fault", judgeDatabase(databaseFacts{quickCheck: "ok", synchronous: []int{2}, journal: "delete"}), fault, "NFS"},
		{"one connection that does not sync is a fault", judgeDatabase(databaseFacts{quickCheck: "ok", synchronous: []int{2, 1}, journal: "wal"}), fault, "synchronous=1"},
		{"a database that cannot be read is a fault", judgeDatabase(databaseFacts{err: errBroken}), fault, "broken"},

		{"an index in step is fine", judgeIndex(indexFacts{exists: true, published: 3}), fine, "3 条"},
		{"no index and nothing published is fine", judgeIndex(indexFacts{}), fine, "0 条"},
		{"no index for what is published is noticed", judgeIndex(indexFacts{published: 3}), notice, "search rebuild"},
		{"entries missing are noticed", judgeIndex(indexFacts{exists: true, published: 3, missing: 1}), notice, "1 条需要补入"},
		{"entries of what is not public are a fault", judgeIndex(indexFacts{exists: true, published: 3, extra: 1}), fault, "已不公开"},
		{"an index that cannot be read is noticed", judgeIndex(indexFacts{err: errBroken}), notice, "search rebuild"},

		{"last night's backup elsewhere is fine", judgeBackups(backupFacts{cron: "0 2 * * *", where: "s3", elsewhere: true, count: 2, newest: at.Add(-26 * time.Hour)}, at), fine, "2 份"},
		{"a backup on the same disk is noticed", judgeBackups(backupFacts{cron: "0 2 * * *", where: "/d", count: 2, newest: at.Add(-time.Hour)}, at), notice, "同一块磁盘"},
		{"a backup missed is a fault", judgeBackups(backupFacts{cron: "0 2 * * *", elsewhere: true, count: 2, newest: at.Add(-27 * time.Hour)}, at), fault, "27 小时前"},
		{"no schedule is a fault", judgeBackups(backupFacts{count: 2, newest: at}, at), fault, "没有设置自动备份"},
		{"no backup on the first day is noticed", judgeBackups(backupFacts{cron: "x", installed: at.Add(-time.Hour)}, at), notice, "手动备份一次"},
		{"no backup on the third day is a fault", judgeBackups(backupFacts{cron: "x", installed: at.Add(-50 * time.Hour)}, at), fault, "一份备份也没有"},
		{"backups that cannot be listed are a fault", judgeBackups(backupFacts{cron: "x", err: errBroken}, at), fault, "broken"},

		{"a mail server that answers is fine", judgeMail(mailFacts{true, "smtp.x.cn:465", nil, "xxgk@x.cn"}), fine, "smtp.x.cn:465"},
		{"no mail server is noticed", judgeMail(mailFacts{}), notice, "SMTP"},
		{"a mail server that does not answer is a fault", judgeMail(mailFacts{true, "smtp.x.cn:465", errBroken, "xxgk@x.cn"}), fault, "防火墙"},
		{"the sender of the factory is noticed", judgeMail(mailFacts{true, "smtp.x.cn:465", nil, "support@example.com"}), notice, "support@example.com"},

		{"a public address with https is fine", judgeAddress(openDoor), fine, "https://xxgk"},
		{"the address of this machine is noticed", judgeAddress(atHome), notice, "Application URL"},
		{"an address without https is noticed", judgeAddress(doorFacts{appURL: "http://xxgk.example.gov.cn"}), notice, "https"},
		{"a superuser is fine", judgeSuperusers(openDoor), fine, "1 人"},
		{"no superuser is a fault", judgeSuperusers(atHome), fault, "superuser upsert"},
		{"superusers that cannot be counted are a fault", judgeSuperusers(doorFacts{err: errBroken}), fault, "broken"},
		{"a dashboard for one network is fine", judgeSuperuserIPs(openDoor), fine, "10.1.0.0/16"},
		{"a dashboard for everybody is a fault", judgeSuperuserIPs(atHome), fault, "superuser ips"},
		{"a network that is the whole internet is a fault", judgeSuperuserIPs(with(func(d *doorFacts) { d.superuserIPs = []string{"127.0.0.1", "0.0.0.0/0"} })), fault, "0.0.0.0/0"},
		{"the whole internet of version 6 is a fault", judgeSuperuserIPs(with(func(d *doorFacts) { d.superuserIPs = []string{"::/0"} })), fault, "::/0"},
		{"private networks are fine", judgeSuperuserIPs(with(func(d *doorFacts) { d.superuserIPs = []string{"10.0.0.0/8", "fc00::/7", "::1"} })), fine, "fc00::/7"},
		{"a proxy that is trusted is fine", judgeProxy(openDoor), fine, "X-Real-IP"},
		{"no proxy on this machine is fine", judgeProxy(atHome), fine, "直接访问"},
		{"no proxy at a public address is noticed", judgeProxy(with(func(d *doorFacts) { d.proxyHeaders = nil })), notice, "IP proxy headers"},
		{"an address that the visitor can write is noticed", judgeProxy(with(func(d *doorFacts) { d.leftmost = true })), notice, "伪造"},
		{"rate limits are fine", judgeRateLimits(openDoor), fine, "已开启"},
		{"no rate limits are a fault", judgeRateLimits(atHome), fault, "Rate limiting"},
		{"logs of six months are fine", judgeLogs(190), fine, "190 天"},
		{"logs of less are noticed", judgeLogs(179), notice, "六个月"},

		{"no mirror is fine", judgeMirror(mirrorFacts{}, at), fine, "没有设置"},
		{"a mirror in step is fine", judgeMirror(mirrorFacts{status: &mirror.Status{Folder: "/m", At: at, Fresh: at, Filled: true}}, at), fine, "/m 与网站一致，核对于 11-23 10:00"},
		{"a mirror that cannot be written is a fault", judgeMirror(mirrorFacts{status: &mirror.Status{Folder: "/m", At: at, Filled: true, Failing: "no space left"}}, at), fault, "no space left"},
		{"a mirror that nobody keeps is noticed", judgeMirror(mirrorFacts{status: &mirror.Status{Folder: "/m", At: at.Add(-time.Hour), Filled: true}}, at), notice, "没有更新"},
		{"a mirror being filled is noticed", judgeMirror(mirrorFacts{status: &mirror.Status{Folder: "/m", At: at, Waiting: 70}}, at), notice, "还有 70 页"},
		{"a mirror that is late is a fault", judgeMirror(mirrorFacts{status: &mirror.Status{Folder: "/m", At: at, Filled: true, Lag: 3 * time.Minute}}, at), fault, "落后 3 分钟"},
		{"a mirror that does not say how it is is a fault", judgeMirror(mirrorFacts{err: errBroken}, at), fault, "broken"},
		{"no subscriber is fine", judgePush(pushFacts{}), fine, "没有接收方"},
		{"subscribers that get everything are fine", judgePush(pushFacts{active: 2}), fine, "2 个"},
		{"dead letters come before all else", judgePush(pushFacts{active: 1, dead: []string{"甲（3 条）"}, late: []string{"乙（2 天）"}}), notice, "没有送到，已停止重试：甲（3 条）"},
		{"one that wants nothing more is noticed", judgePush(pushFacts{off: []string{"甲"}}), notice, "不再接收：甲"},
		{"one that fails for long is noticed", judgePush(pushFacts{active: 1, late: []string{"甲（2 天）"}}), notice, "甲（2 天）"},
		{"an outbox that grows is noticed", judgePush(pushFacts{active: 1, backlog: []string{"甲（10001 条）"}}), notice, "加快答复"},
		{"a token that ends while it is used is noticed", judgePush(pushFacts{active: 1, ending: []string{"甲"}}), notice, "换用新令牌"},
		{"subscribers that cannot be read are a fault", judgePush(pushFacts{active: 1, dead: []string{"甲"}, err: errBroken}), fault, "broken"},
		{"a district filled in is fine", judgeDistrict(districtFacts{code: "310112", name: "闵行区"}), fine, "310112 闵行区"},
		{"the district of the factory is a fault", judgeDistrict(districtFacts{code: "000000", name: "本区"}), fault, "districts"},
		{"what the footer lacks is noticed", judgeDistrict(districtFacts{code: "310112", name: "闵行区", empty: []string{"主办单位 host"}}), notice, "主办单位 host"},
		{"no district is a fault", judgeDistrict(districtFacts{err: errBroken}), fault, "broken"},
		{"demo data is noticed", judgeDemo(districtFacts{demo: true}), notice, "演示数据"},
		{"no demo data is fine", judgeDemo(districtFacts{}), fine, "没有"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.got.Level != tt.level {
				t.Errorf("got %s, want %s: %+v", tt.got.Level, tt.level, tt.got)
			}
			if !strings.Contains(tt.got.Found+tt.got.Todo, tt.want) {
				t.Errorf("%q is not in %+v", tt.want, tt.got)
			}
			if (tt.got.Level == fine) != (tt.got.Todo == "") || tt.got.Check == "" || tt.got.Found == "" {
				t.Errorf("a finding that is not fine says what to do, one that is does not: %+v", tt.got)
			}
		})
	}
}

func TestJudgeBeforeTheFirstStart(t *testing.T) {
	findings := judge(facts{calendar: calendarFacts{today: "2026-11-23"}, database: databaseFacts{pending: []string{"1795_a.go"}}, district: districtFacts{err: errBroken}})
	for _, f := range findings {
		if f.Check == "本区信息" || f.Check == "超级管理员" {
			t.Errorf("got %+v before there is a database", f)
		}
	}
	if tally(findings, fault) == 0 {
		t.Error("nothing says that the service was never started")
	}
}

func TestGatherDisk(t *testing.T) {
	if f := gatherDisk(t.TempDir()); f.err != nil || f.total == 0 || f.free > f.total {
		t.Errorf("got %+v", f)
	}
	if f := gatherDisk("/no/such/folder"); f.err == nil {
		t.Errorf("got %+v, want an error", f)
	}
}

func TestGatherMail(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := core.SMTPConfig{Enabled: true, Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port}
	if f := gatherMail(t.Context(), server, "a@x.cn"); f.dialErr != nil {
		t.Errorf("a server that listens: got %+v", f)
	}
	listener.Close()
	if f := gatherMail(t.Context(), server, "a@x.cn"); f.dialErr == nil {
		t.Errorf("a server that is gone: got %+v", f)
	}
	server.Enabled = false
	if f := gatherMail(t.Context(), server, "a@x.cn"); f.enabled || f.dialErr != nil {
		t.Errorf("a server not to be used is not asked: got %+v", f)
	}
}
