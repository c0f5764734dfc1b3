export { openPredictionStore, type PredictionStoreSettings } from './open-prediction-store.js';
export { predictionStoreErrors } from './store-error.js';
