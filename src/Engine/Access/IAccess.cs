using Equaticket.Engine.Errors;
using GraphQL.Types;

namespace Equaticket.Engine.Access;

/// <summary>Who sends a request, as far as access directives need to know.</summary>
public interface ICaller
{
    /// <summary>Whether the caller presented valid credentials of any kind.</summary>
    bool IsAuthenticated { get; }
}

/// <summary>What a field, type or argument demands of its caller. Equal demands compare as equal.</summary>
public interface IAccess
{
    /// <returns>Why the caller is refused, or null when it is let in.</returns>
    ApiError? Refusal(ICaller caller);
}

/// <summary>Reads the access directives of a field, type or argument.</summary>
/// <returns>What they demand, or null when there are none.</returns>
public delegate IAccess? ReadAccess(IMetadataReader member);
