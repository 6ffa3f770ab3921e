using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Equaticket.Persistence.Spelling;

/// <summary>Stores an enum as its wire name, so that the database reads like the API.</summary>
public sealed class WireNameConverter<TEnum>()
    : ValueConverter<TEnum, string>(
        value => WireNames<TEnum>.Of(value),
        name => WireNames<TEnum>.Parse(name))
    where TEnum : struct, Enum;
