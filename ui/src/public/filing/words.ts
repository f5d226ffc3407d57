// Words around what is asked for, which published items do not share.
const fillers =
  /(?:我们?|本人|请问?|想要?|希望|需要|要求|了解|知道|查询?|看看?|申请|公开|提供|获取|关于|有关|相关|贵校|本校|学校|的|和|与|及|以及|等|情况|信息|材料|文件|资料|在|对|了|是|吗|呢)+|[^\p{L}\p{N}]+/u

// wordsOf picks what to search for out of the subject of an application, as it is
// typed: first as a whole, then its longest pieces, which are more likely to be
// found. Each is a query; none is shorter than two characters.
export function wordsOf(subject: string): string[] {
  const pieces = subject
    .split(fillers)
    .filter((piece) => piece.length >= 2)
    .slice(0, 6)
  if (pieces.length === 0) return []
  const longest = [...pieces].sort((a, b) => b.length - a.length)[0]!
  const queries = [pieces.join(' '), longest.slice(0, 12)]
  const ofYear = /^\d{4}年?(?:度|春季|秋季|学年)?(.{2,})$/.exec(longest)
  if (ofYear) queries.push(ofYear[1]!)
  return Array.from(new Set(queries)).filter((query) => query.replace(/ /g, '').length <= 60)
}
