package pb_hooks

import (
	"io"
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/workday"
)

// mostCalendar bounds the file of a year, in bytes; the public ones have 5 kB.
const mostCalendar = 1 << 20

// postCalendar imports the notice of a year (file, in the shape of the public
// holiday-cn data set), or with ?dry=1 shows what that would change. The notice is
// the State Council's, so it needs no judgement: who keeps the bureau's accounts
// may do it as well as the supervisor.
func (p *platform) postCalendar(e *core.RequestEvent) error {
	may, err := p.servesBureau(e.App, e.Auth, publication.Supervisor, publication.Admin)
	if err != nil {
		return err
	}
	if !may {
		return e.ForbiddenError("节假日安排由区教育局导入。", nil)
	}
	year, err := uploadedYear(e)
	if err != nil {
		return err
	}
	var done CalendarImport
	if e.Request.URL.Query().Get("dry") != "" {
		done, err = p.tryCalendar(year)
	} else {
		done, err = p.importCalendar(year, actorOf(e))
	}
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, done)
}

// servesBureau reports whether a person of the bureau has one of the duties, by
// themselves or in the place of a colleague.
func (p *platform) servesBureau(app core.App, person *core.Record, duties ...publication.Duty) (bool, error) {
	if person.GetString("school") != "" || person.GetString("deactivated_at") != "" {
		return false, nil
	}
	for _, duty := range duties {
		ways, err := p.waysTo(app, person, duty)
		if err != nil || len(ways) > 0 {
			return err == nil, err
		}
	}
	return false, nil
}

func uploadedYear(e *core.RequestEvent) (workday.Year, error) {
	file, _, err := e.Request.FormFile("file")
	if err != nil {
		return workday.Year{}, refused("file", "calendar_missing", "请选择节假日安排文件（JSON）")
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, mostCalendar+1))
	if err != nil {
		return workday.Year{}, e.BadRequestError("没有收到完整的文件，请重试。", err)
	}
	if len(raw) > mostCalendar {
		return workday.Year{}, refused("file", "calendar_too_large", "文件超过 1 MB，不是一年的节假日安排")
	}
	year, err := workday.ParseYear(raw)
	if err != nil {
		return year, fieldErrors(map[string]error{"file": err})
	}
	return year, nil
}
