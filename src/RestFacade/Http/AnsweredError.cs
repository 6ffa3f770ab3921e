using Equaticket.Schema.Errors;

namespace Equaticket.RestFacade.Http;

/// <summary>The error that a request was answered with, for the activity log.</summary>
public sealed record AnsweredError(ErrorCode Code);
