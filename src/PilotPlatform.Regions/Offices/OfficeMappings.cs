using AutoMapper;

namespace PilotPlatform.Regions.Offices;

internal sealed class OfficeMappings : Profile
{
    public OfficeMappings() => CreateMap<Office, OfficeDto>();
}
