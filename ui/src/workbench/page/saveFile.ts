export { saveFile } from '../../shared/page/saveFile'
