export { ConfigurationError, type ConfigurationProblem } from './core/configurationError.ts';
export { QUANTILE_RELATIVE_ERROR, type QuantileSketch } from './core/quantileSketch.ts';
export type { Dispose, HostProcess, TerminationSignal, UncaughtOrigin } from './core/hostProcess.ts';
export type { UnfinishedSpan } from './core/unfinishedSpan.ts';
export { Secret } from './core/secret.ts';
export { TimeoutError } from './core/timeoutError.ts';
export type { CodeLines } from './errors/capture/codeContext.ts';
export type { Breadcrumb, CapturedError, CaptureSource, ErrorRequest } from './errors/capturedError.ts';
export type { CaptureOptions, CaptureReceipt } from './errors/captureOptions.ts';
export type { Classifiable } from './errors/classification/classification.ts';
export type { ErrorRule } from './errors/classification/errorRule.ts';
export type { ErrorCategory } from './errors/errorCategory.ts';
export type { ErrorFacts, ErrorProperty, StackFrame } from './errors/errorFacts.ts';
export type {
  ErrorGroupSnapshot,
  ErrorSpike,
  GroupOverride,
  ResolutionChange,
  ResolutionState,
} from './errors/errorGroupSnapshot.ts';
export type { ErrorSeverity } from './errors/errorSeverity.ts';
export type { ErrorTotal } from './errors/errorTotals.ts';
export { ErrorTracker } from './errors/errorTracker.ts';
export type { ToldError } from './errors/toldError.ts';
export type { ErrorTrackerConfig, ErrorTrackerOptions } from './errors/errorTrackerOptions.ts';
export type { ErrorTrackerPorts } from './errors/errorTrackerPorts.ts';
export type { ExplainedFrame } from './errors/frameExplainer.ts';
export type { ErrorGroupChange } from './errors/groups/errorGroupChange.ts';
export type { ErrorGroupListener } from './errors/groups/errorGroupListener.ts';
export { ErrorGroups, type ErrorGroupsPorts } from './errors/groups/errorGroups.ts';
export type { ErrorGroupsConfig, ErrorGroupsOptions } from './errors/groups/errorGroupsOptions.ts';
export type { ErrorGroupFilter } from './errors/groups/query/groupFilter.ts';
export type { ErrorGroupPage, GroupOrder, GroupPageQuery } from './errors/groups/query/groupPage.ts';
export { IllegalResolutionError } from './errors/groups/resolution/illegalResolutionError.ts';
export type { ChangeOptions, IgnoreOptions, ResolveOptions } from './errors/groups/resolution/resolveOptions.ts';
export type { SeverityRule } from './errors/groups/severity/severityRule.ts';
export type {
  ErrorBar,
  ErrorCounts,
  ErrorFigures,
  ErrorStatistics,
  GroupStatistics,
} from './errors/groups/statistics/errorStatistics.ts';
export { ErrorStatisticsReader } from './errors/groups/statistics/errorStatisticsReader.ts';
export type { ErrorWindow } from './errors/groups/statistics/errorWindows.ts';
export { UnknownErrorGroupError } from './errors/groups/unknownErrorGroupError.ts';
export { LoggedError } from './errors/logs/loggedError.ts';
export type { LoggersConfig, LoggersOptions } from './errors/logs/loggersOptions.ts';
export type { SeenRequest } from './errors/occurrences/sighting.ts';
export { RequestFailedError } from './errors/requestFailedError.ts';
export { TextRedactor, type TextRedactorOptions } from './core/textRedactor.ts';
export type { TextReplacer, TextRule } from './core/textRules/textRule.ts';
export { ExportInterruptedError } from './export/exportInterruptedError.ts';
export { exportErrors, type ErrorGroupSource, type ExportErrorsOptions } from './export/exportErrors.ts';
export type { ExportFormat } from './export/exportFormat.ts';
export type { ExportProgress } from './export/exportProgress.ts';
export { exportRequests, type ExportRequestsOptions, type FinishedRequestSource } from './export/exportRequests.ts';
export type { ExportStream } from './export/exportStream.ts';
export { pipeExport, type PipeExportOptions, type PipeExportResult } from './export/pipeExport.ts';
export type { RequestExport, RequestExportProgress } from './export/requestExport.ts';
export type { MetricSource } from './export/metricSource.ts';
export { MetricsPusher, type PushCounts } from './export/otlp/metricsPusher.ts';
export type { MetricsPusherOptions } from './export/otlp/metricsPusherOptions.ts';
export { MetricsPushError } from './export/otlp/metricsPushError.ts';
export {
  type MetricsServer,
  serveMetrics,
  type ServeMetricsOptions,
} from './export/prometheus/adapters/serveMetrics.ts';
export { MetricLeftOutError } from './export/prometheus/metricLeftOutError.ts';
export { type MetricsHandler, metricsHandler } from './export/prometheus/metricsHandler.ts';
export type { MetricsHandlerOptions } from './export/prometheus/metricsHandlerOptions.ts';
export type { ExpositionOptions } from './export/prometheus/writeExposition.ts';
export { writeOpenMetrics } from './export/prometheus/writeOpenMetrics.ts';
export { writePrometheusText } from './export/prometheus/writePrometheusText.ts';
export { createObservability, type Observability, type ObservabilityConfig } from './observability.ts';
export type {
  Exemplar,
  HistogramMetric,
  HistogramPoint,
  MetricKind,
  MetricScope,
  MetricSnapshot,
  NumberMetric,
  NumberPoint,
} from './performance/metrics/metricSnapshot.ts';
export type { MetricsLimits } from './performance/metrics/metricsLimits.ts';
export type { MetricsMeter } from './performance/metrics/metricsMeter.ts';
export {
  type CollectedMetrics,
  type MetricsCounts,
  MetricsProvider,
  type MetricsProviderOptions,
} from './performance/metrics/metricsProvider.ts';
export { ObservationError } from './performance/metrics/observationError.ts';
export { SeriesOverflowError, type SeriesLimit } from './performance/metrics/seriesOverflowError.ts';
export type { Time } from './performance/metrics/timing.ts';
export { PerformanceMonitor } from './performance/performanceMonitor.ts';
export type { PerformanceMonitorConfig, PerformanceMonitorOptions } from './performance/performanceMonitorOptions.ts';
export type { PerformancePorts } from './performance/performancePorts.ts';
export type { MetricGap, MetricReading, MetricSampler, ReadingRound, ReadMetric } from './performance/metricReading.ts';
export type { SeriesGap } from './performance/series/gapBook.ts';
export type { SeriesResolution } from './performance/series/levels.ts';
export type { SeriesIdentity } from './performance/series/seriesIdentity.ts';
export type {
  KeptSeries,
  NothingMeasured,
  QueriedSeries,
  SeriesPoint,
  SeriesQuery,
  SeriesQueryResult,
  SeriesSummary,
  SeriesWindow,
  SummarisedSeries,
} from './performance/series/seriesQuery.ts';
export { SeriesLossError, type SeriesLoss, type SeriesRefusal } from './performance/series/seriesLossError.ts';
export type { SeriesStore, SeriesStoreCounts } from './performance/series/seriesStore.ts';
export type { ChangePointOptions, LevelChanges, LevelSegment } from './performance/statistics/changePoints.ts';
export { forecastInWords } from './performance/statistics/forecastInWords.ts';
export type {
  Forecast,
  ForecastOptions,
  LimitAhead,
  LimitNotAhead,
  LimitReached,
} from './performance/statistics/forecastToLimit.ts';
export type { MannKendallOptions, TrendTest } from './performance/statistics/mannKendall.ts';
export type { NotEnoughData } from './performance/statistics/notEnoughData.ts';
export type { SlopeEstimate, TheilSenOptions } from './performance/statistics/theilSen.ts';
export type { Threshold, ThresholdEvent, ThresholdStatistic } from './performance/thresholds/threshold.ts';
export type { ThresholdListener } from './performance/thresholds/thresholdWatch.ts';
export type {
  SeriesChanges,
  SeriesForecast,
  SeriesTrend,
  TrendQuery,
  TrendReader,
  TrendStatistic,
} from './performance/trendReader.ts';
export { expressRequests, type ExpressMiddleware, type ExpressRequest } from './requests/http/expressRequests.ts';
export type { ExpressRouting } from './requests/http/expressRoute.ts';
export {
  fastifyRequests,
  type FastifyPlugin,
  type FastifyRequest,
  type FastifyServer,
} from './requests/http/fastifyRequests.ts';
export type { HttpRequestOptions } from './requests/http/httpRequestOptions.ts';
export { type HttpHandler, trackHttp } from './requests/http/trackHttp.ts';
export { DuplicateRequestError } from './requests/lifecycle/duplicateRequestError.ts';
export {
  IllegalTransitionError,
  type IllegalTransitionErrorOptions,
} from './requests/lifecycle/illegalTransitionError.ts';
export type { EvictionReason, RequestCounts } from './requests/lifecycle/requestCounts.ts';
export type { FailureReason, RequestFailure, RequestState } from './requests/lifecycle/requestState.ts';
export { UnknownRequestError } from './requests/lifecycle/unknownRequestError.ts';
export { observeRequests } from './requests/observeRequests.ts';
export { InvalidCursorError } from './core/query/invalidCursorError.ts';
export type { RequestFilter } from './requests/query/requestFilter.ts';
export type {
  FinishedPage,
  FinishedPageQuery,
  FinishedSearch,
  FoundFinished,
  FoundUnfinished,
  PageQuery,
  RequestPage,
} from './requests/query/requestPage.ts';
export type { FinishedOrder } from './requests/query/searchRecords.ts';
export type { GivenAttributes } from './requests/requestAttributes.ts';
export type { RequestListener } from './requests/requestListener.ts';
export type { RequestAttribute, RequestSnapshot } from './requests/requestSnapshot.ts';
export { RequestTracker } from './requests/requestTracker.ts';
export type { RequestTrackerConfig, RequestTrackerOptions } from './requests/requestTrackerOptions.ts';
export type { FailOptions, RequestUpdate, StartRequest } from './requests/startRequest.ts';
export type {
  FinishedState,
  RequestDurations,
  RequestGroup,
  RequestStatistics,
} from './requests/statistics/requestStatistics.ts';
export type { StatisticsDimension } from './requests/statistics/statisticsBook.ts';
export type {
  GroupsQuery,
  LatencyBand,
  SampledRequest,
  StatisticsQuery,
  StatisticsReader,
  UnfinishedStatistics,
} from './requests/statistics/statisticsReader.ts';
export type { StatisticsWindow } from './requests/statistics/outcomeSlices.ts';
export type { StuckRequest, UnfinishedRequest } from './requests/stuckRequest.ts';
export { track, type TrackableFunction, type TrackOptions } from './requests/track.ts';
export { TrackedRequest } from './requests/trackedRequest.ts';
export type { RequestTrackerPorts } from './requests/trackerPorts.ts';
export { DROP_REASONS, type DropReason } from './tracing/accounting/dropReason.ts';
export type { SpanCounts } from './tracing/accounting/spanLedger.ts';
export { SpansDroppedError, type SpansDroppedErrorOptions } from './tracing/accounting/spansDroppedError.ts';
export { describeTracingConfig, formatTracingConfig } from './tracing/configuration/describeTracingConfig.ts';
export type { AgentOptions, CollectorCredentials, ExporterKind } from './tracing/configuration/exporterOptions.ts';
export type { BatchOptions, SpanLimitOptions } from './tracing/configuration/limitOptions.ts';
export { parseTracingConfig } from './tracing/configuration/parseTracingConfig.ts';
export { readTracingSources } from './tracing/configuration/readTracingSources.ts';
export type {
  ConstantSamplerOptions,
  JaegerRemoteSamplerOptions,
  ParentBasedOption,
  RateLimitingSamplerOptions,
  RatioSamplerOptions,
  SamplerOptions,
} from './tracing/configuration/samplerOptions.ts';
export type { SettingInForce } from './tracing/configuration/settingInForce.ts';
export type { BatchLimits, SpanLimitsConfig, TracingConfig } from './tracing/configuration/tracingConfig.ts';
export type { TracingOptions } from './tracing/configuration/tracingOptions.ts';
export type { TracingSources } from './tracing/configuration/tracingSources.ts';
export { bindContext } from './tracing/context/bindContext.ts';
export { continueTrace, type ContinueTraceOptions } from './tracing/context/continueTrace.ts';
export { currentTraceContext, type TraceContext } from './core/currentTraceContext.ts';
export { extractContext } from './tracing/context/extractContext.ts';
export { injectContext } from './tracing/context/injectContext.ts';
export type { PropagatorName } from './tracing/context/propagatorName.ts';
export { setHttpRoute } from './tracing/context/setHttpRoute.ts';
export { withoutTracing } from './tracing/context/withoutTracing.ts';
export { createTracing, type TracingPorts } from './tracing/createTracing.ts';
export type {
  Credentials,
  ExporterConfig,
  ExporterJaegerHttpConfig,
  ExporterJaegerUdpConfig,
  JaegerAgentConfig,
  JaegerHttpConfig,
  OtlpGrpcConfig,
  OtlpHttpConfig,
} from './tracing/export/exporterConfig.ts';
export type { SendOutcome, SpanTransport } from './tracing/export/spanTransport.ts';
export { EarlyLoadWarning, type EarlyLoadWarningOptions } from './tracing/instrumentation/earlyLoadWarning.ts';
export { INSTRUMENTATION_NAMES, type InstrumentationName } from './tracing/instrumentation/instrumentationName.ts';
export type { CrashRecord } from './tracing/lifecycle/crashRecord.ts';
export { PreviousCrashWarning } from './tracing/lifecycle/previousCrashWarning.ts';
export { correlateWinston, type WritableLogger } from './tracing/logs/correlateWinston.ts';
export { currentLogFields, type LogFields } from './tracing/logs/currentLogFields.ts';
export type { LogLibrary } from './tracing/logs/logLibrary.ts';
export { pinoMixin } from './tracing/logs/pinoMixin.ts';
export type {
  ConstantSamplerConfig,
  JaegerRemoteSamplerConfig,
  RateLimitingSamplerConfig,
  RatioSamplerConfig,
  SamplerConfig,
} from './tracing/sampling/samplerConfig.ts';
export { addEvent } from './tracing/spans/addEvent.ts';
export { recordException, type RecordExceptionOptions } from './tracing/spans/recordException.ts';
export { tag } from './tracing/spans/tag.ts';
export type { AnyClass, AnyFunction } from './tracing/spans/anyFunction.ts';
export { traced } from './tracing/spans/traced.ts';
export type { TracedDecorator } from './tracing/spans/tracedDecorator.ts';
export type { CallHook, ResultOf, SpanDetails, TracedOptions, TracedOptionsOf } from './tracing/spans/tracedOptions.ts';
export { withSpan } from './tracing/spans/withSpan.ts';
export type { WithSpanOptions } from './tracing/spans/withSpanOptions.ts';
export type {
  TracingAgentOutputs,
  TracingCollectorOutputs,
  TracingQueryOutputs,
  TracingStackOutputs,
} from './tracing/stackOutputs.ts';
export type { Tracing } from './tracing/tracing.ts';
export { TracingAlreadyStartedError } from './tracing/tracingAlreadyStartedError.ts';
