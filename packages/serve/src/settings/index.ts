export { defaultOf, flagText, helpText, variablesOf, type Setting } from './setting.js';
export { settingNames, settings, type SettingName, type Settings } from './settings.js';
export { readSettings, type GivenSettings } from './read-settings.js';
