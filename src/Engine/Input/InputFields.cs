using GraphQL.Types;

namespace Equaticket.Engine.Input;

/// <summary>Adds fields to input types.</summary>
public static class InputFields
{
    /// <returns>The field, to add rules to.</returns>
    public static FieldType Add<TType>(
        this IInputObjectGraphType type, string name, string description)
        where TType : IGraphType =>
        type.AddField(new FieldType
        {
            Name = name,
            Description = description,
            Type = typeof(TType),
        });
}
