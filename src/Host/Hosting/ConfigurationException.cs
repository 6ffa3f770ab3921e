namespace Equaticket.Host.Hosting;

/// <summary>A setting that is missing or wrong, told so that an operator can mend it.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
