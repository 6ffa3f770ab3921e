using Equaticket.Engine.Scalars;
using GraphQL.Types;

namespace Equaticket.Engine.Fields;

/// <summary>
/// Chooses graph types for CLR types: <c>ID</c> for a <see cref="Guid"/>, <c>DateTime</c> for a
/// <see cref="DateTimeOffset"/>, the product's type for an enum, and the library's for the rest.
/// </summary>
/// <param name="enumType">The open generic type of the product's enums.</param>
public sealed class LeafTypes(Type enumType) : IGraphTypeMappingProvider
{
    public Type? GetGraphTypeFromClrType(Type clrType, bool isInputType, Type? preferredGraphType) => clrType switch
    {
        { IsEnum: true } => enumType.MakeGenericType(clrType),
        _ when clrType == typeof(DateTimeOffset) => typeof(UtcDateTimeGraphType),
        _ => preferredGraphType,
    };
}
