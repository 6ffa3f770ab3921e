using Equaticket.Engine.Errors;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Access;

/// <summary>A directive that declares who may use a field.</summary>
public sealed class AccessDirective : Directive
{
    /// <param name="name">Without the <c>@</c>.</param>
    /// <param name="description">For integrators.</param>
    /// <param name="locations">Where it is allowed.</param>
    /// <param name="arguments">Its arguments.</param>
    public AccessDirective(
        string name,
        string description,
        DirectiveLocation[] locations,
        params QueryArgument[] arguments)
        : base(name, locations)
    {
        Description = description;
        Arguments = new QueryArguments(arguments);
    }

    public override bool? Introspectable => true;
}

/// <summary>The access directives of every schema. A product adds directives for its roles and scopes.</summary>
public static class AccessDirectives
{
    public const string Authenticated = "authenticated";
    public const string Public = "public";

    public static IEnumerable<Directive> All() =>
    [
        new AccessDirective(
            Authenticated,
            "Accessible with any API key or dashboard session. Combined with `@requiresRole`, accessible with "
            + "any API key, or with a session that has the role.",
            [DirectiveLocation.FieldDefinition]),
        new AccessDirective(
            Public, "Accessible to everyone, without an API key.", [DirectiveLocation.FieldDefinition]),
    ];
}

/// <summary>Puts <c>@authenticated</c> on a root field.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AuthenticatedAttribute : GraphQLAttribute
{
    public override void Modify(FieldType fieldType, bool isInputType) =>
        fieldType.ApplyDirective(AccessDirectives.Authenticated);
}

/// <summary>Puts <c>@public</c> on a root field.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublicAttribute : GraphQLAttribute
{
    public override void Modify(FieldType fieldType, bool isInputType) =>
        fieldType.ApplyDirective(AccessDirectives.Public);
}

/// <summary>The sender of a request, as far as access directives need to know.</summary>
public interface ICaller
{
    /// <summary>Whether the caller presented valid credentials of any kind.</summary>
    bool IsAuthenticated { get; }
}

/// <summary>The access requirement of a field, type, or argument. Equal requirements compare equal.</summary>
public interface IAccess
{
    /// <returns>Why the caller is denied, or null if access is granted.</returns>
    ApiError? Refusal(ICaller caller);
}

/// <summary>Reads the access directives of a field, type, or argument.</summary>
/// <returns>The access they require, or null if there are none.</returns>
public delegate IAccess? ReadAccess(IMetadataReader member);
