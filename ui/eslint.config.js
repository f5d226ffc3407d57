import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import globals from 'globals'
import tseslint from 'typescript-eslint'

// What Chromium 80 and iOS 13.4 do not have; the build adds no polyfills.
const tooNew = [
  ['structuredClone', 'structuredClone'],
  ['requestIdleCallback', 'requestIdleCallback'],
].map(([name]) => ({ name, message: 'Not in Chromium 80 or iOS 13.' }))

const tooNewMembers = ['at', 'replaceAll', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'hasOwn', 'groupBy'].map((name) => ({
  property: name,
  message: 'Not in Chromium 80; write it another way.',
}))

const apart = (mine, other) => ({
  files: [`src/${mine}/**`],
  rules: {
    'no-restricted-imports': ['error', { patterns: [{ group: [`**/${other}/**`, `**/${other}`], message: `src/${mine} never imports src/${other}.` }] }],
  },
})

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'test-results/**', 'playwright-report/**', 'src/**/*.gen.ts'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  ...accessibility.configs['flat/recommended'],
  {
    languageOptions: { globals: globals.browser },
    rules: {
      'max-lines': ['error', 400],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/no-v-html': 'error',
      // Layout of templates is for people to decide.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'never', normal: 'any', component: 'always' } }],
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/html-indent': ['error', 2, { alignAttributesVertically: false }],
      'vuejs-accessibility/heading-has-content': ['error', { accessibleChildren: ['HitText'] }],
      'vuejs-accessibility/anchor-has-content': ['error', { accessibleChildren: ['HitText'] }],
      // A label that is tied by id is enough; nesting as well is not needed.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  {
    // The public side runs on the oldest browsers.
    files: ['src/public/**', 'src/shared/**'],
    rules: {
      'no-restricted-globals': ['error', ...tooNew],
      'no-restricted-properties': ['error', ...tooNewMembers],
    },
  },
  apart('public', 'workbench'),
  apart('workbench', 'public'),
  {
    files: ['src/shared/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['**/public/**', '**/workbench/**'], message: 'src/shared imports neither of the two.' }] }],
    },
  },
  { files: ['scripts/**', 'e2e/**', '*.config.*'], languageOptions: { globals: globals.node } },
)
