namespace Equaticket.Engine.Errors;

/// <summary>
/// A value that a scalar or an input rule refuses. GraphQL.NET knows where the value stood;
/// <see cref="InputErrors"/> joins the two into a <see cref="ErrorCode.ValidationError"/>.
/// </summary>
/// <param name="message">A sentence that says what is allowed.</param>
/// <param name="field">The input field or argument, where it is known.</param>
public sealed class InvalidInputException(string message, string? field = null)
    : Exception(message)
{
    public string? Field { get; } = field;
}
