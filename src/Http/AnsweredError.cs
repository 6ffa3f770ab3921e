using Equaticket.Engine.Errors;

namespace Equaticket.Http;

/// <summary>The error that a request ended with, for the activity log.</summary>
public sealed record AnsweredError(ErrorCode Code);
