package pb_hooks

import (
	"fmt"
	"io/fs"
	"slices"

	"gongkai/pb_hooks/workday"
)

type folderFacts struct {
	path     string
	err      error // it is not there, or is no folder
	mode     fs.FileMode
	writeErr error
}

func judgeFolder(f folderFacts) finding {
	const check = "数据目录"
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("%s 无法使用：%v", f.path, f.err), "建立该目录，或用 --dir 指定正确的数据目录"}
	case f.writeErr != nil:
		return finding{check, fault, fmt.Sprintf("%s 不能写入：%v", f.path, f.writeErr), "把目录交给运行服务的用户：chown -R 用户名 " + f.path}
	case f.mode.Perm()&0o007 != 0:
		return finding{check, notice, fmt.Sprintf("%s 对本机其他用户开放（权限 %04o）", f.path, f.mode.Perm()), "chmod 750 " + f.path}
	}
	return finding{check, fine, fmt.Sprintf("%s 可写，权限 %04o", f.path, f.mode.Perm()), ""}
}

type diskFacts struct {
	path        string
	free, total uint64 // bytes
	err         error
}

func judgeDisk(f diskFacts) finding {
	const check, gib = "磁盘空间", 1 << 30
	if f.err != nil || f.total == 0 {
		return finding{check, notice, fmt.Sprintf("查不到剩余空间：%v", f.err), "请自行确认数据目录所在磁盘至少剩余 10 GB"}
	}
	found := fmt.Sprintf("剩余 %.1f GB，占 %.0f%%", float64(f.free)/gib, float64(f.free)*100/float64(f.total))
	todo := "清理或扩大 " + f.path + " 所在磁盘；备份需要约两倍于数据的空间"
	switch {
	case f.free < gib:
		return finding{check, fault, found, todo}
	case f.free < 10*gib || f.free < f.total/5:
		return finding{check, notice, found, todo}
	}
	return finding{check, fine, found, ""}
}

type calendarFacts struct {
	today workday.Date
	years []int
	err   error
}

// judgeCalendar asks for next year's holidays from October on: the notice of the State Council normally appears in
// November, and deadlines counted before reach into January.
func judgeCalendar(f calendarFacts) finding {
	const check = "工作日历"
	const todo = "国务院办公厅通常在 11 月公布下一年放假安排；公布后在工作台“申请设置 → 节假日安排”导入，或运行 gongkai calendar import 文件.json --apply"
	if f.err != nil {
		return finding{check, fault, fmt.Sprintf("日历无法使用：%v", f.err), "请使用正式发布的 gongkai 程序；导入过的年份请重新导入"}
	}
	year := f.today.Year()
	if !slices.Contains(f.years, year) {
		return finding{check, fault, fmt.Sprintf("没有 %d 年的放假安排，期限会按普通周末计算", year), todo}
	}
	october := workday.Date(fmt.Sprintf("%04d-10-01", year))
	if f.today >= october && !slices.Contains(f.years, year+1) {
		return finding{check, notice, fmt.Sprintf("没有 %d 年的放假安排，跨年的期限暂按普通周末计算", year+1), todo}
	}
	return finding{check, fine, fmt.Sprintf("已有 %v 年", f.years), ""}
}

type keyFacts struct {
	env       string // the name of the variable; empty if the program was told of none
	length    int    // of its value
	encrypted bool   // the settings as stored
	secrets   bool   // they hold a password or key
	err       error
}

func judgeKey(f keyFacts) finding {
	const check = "设置加密"
	env := f.env
	if env == "" {
		env = "GONGKAI_KEY"
	}
	set := fmt.Sprintf("生成 32 位密钥：openssl rand -hex 16；写入服务的环境变量 %s 并另行妥善保存（丢失后设置无法解开），重启后在 /_/ 的 Settings 中保存一次", env)
	if f.env == "" {
		set += "；启动命令加上 --encryptionEnv=" + env
	}
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("读不到存储的设置：%v", f.err), "检查数据库文件是否完好"}
	case f.length > 0 && f.length != 32:
		return finding{check, fault, fmt.Sprintf("环境变量 %s 有 %d 个字符，应为 32 个", env, f.length), set}
	case f.length == 0 && f.secrets:
		return finding{check, fault, "设置未加密，其中的邮件或存储密码以明文保存，也会进入备份", set}
	case f.length == 0:
		return finding{check, notice, fmt.Sprintf("设置未加密（没有环境变量 %s）", env), set}
	case !f.encrypted:
		return finding{check, notice, "密钥已就位，但存储的设置还是明文", "在 /_/ 的 Settings 中保存一次，设置即以密文存储"}
	}
	return finding{check, fine, fmt.Sprintf("设置已用 %s 加密", env), ""}
}
