/**
 * What the WordNet file lacks, or takes for something rarer than descriptions of pictures mean: our own, written by hand.
 * A line is `thing: words for it`.
 */

/** Kinds of the thing, and nothing else that WordNet may know them as. */
export const OTHER_SENSES = `
child: girl, boy
vegetable: pepper
plaything: slide
person: father, mother, player
bag: pack, sack
board: whiteboard, blackboard, chalkboard
cup: mug
person: figure
container: glass
tableware: plate, dish
screen: monitor
device: screen
clothing: outfit
sneaker: trainer
motor vehicle: van
vehicle: bus
table: counter
placard: poster
land: field
food: drink
hat: cap
sheet: page
computer: tablet
book: notebook
plaything: swing
wood: trunk
body part: head
garment: suit
`;

/** Other words for the thing. */
export const SAME = `
boy: young boy
girl: young girl, little girl
person: individual, someone, human, people
teenager: teen
cyclist: bicyclist
chef: cook
child: kid
glass: drinking glass
tv: television
phone: cellphone, cell phone, mobile phone
t-shirt: tshirt, tee shirt, tee
sweater: pullover
trousers: pants, trouser
clothing: attire, clothes
handbag: purse
headphones: headphone
truck: lorry
pickup truck: pickup
motorcycle: motorbike
airplane: plane, aeroplane
taxi: cab
number plate: license plate, licence plate
streetlamp: streetlight, street light, street lamp, lamppost
sidewalk: pavement
counter: countertop
bookcase: bookshelf
cabinet: cupboard
fridge: refrigerator
foliage: greenery, vegetation
shrub: bush
photo: photograph
sign: signboard, signage
shopfront: storefront
house: home
ocean: sea
shore: seashore
path: pathway
field: meadow
carpet: rug
sofa: couch
curtain: drape
burger: hamburger
french fries: fries
doughnut: donut
glasses: spectacles, eyeglasses
mustache: moustache
web page: webpage
remote control: remote
teddy bear: teddy
seagull: gull
cow: cattle
dress: gown
`;

/** Kinds of the thing. */
export const KINDS = `
boat: fishing boat, fishing vessel, motorboat, canoe, kayak, ferry, yacht
trousers: overalls
cat: kitten, kitty
dog: puppy, pup
child: boy, girl, baby, infant, toddler
boy: schoolboy
woman: young lady
person: pedestrian, passerby, bystander, onlooker, spectator, parent, teenager, adult, hiker, surfer, skier, skateboarder, snowboarder, cyclist, motorcyclist, rider, chef, vendor, passenger, shopper, diner, musician
cyclist: biker
surfer: kitesurfer
plaything: toy
table: picnic table, dining table, coffee table, desk
glass: wine glass
phone: smartphone, iphone
shirt: t-shirt, jersey
jacket: hoodie
sweater: sweatshirt
trousers: leggings, shorts, jeans
clothing: footwear
footwear: shoe
shoe: sneaker
bag: backpack, tote bag, handbag
earphone: earbud
van: minivan
car: suv, taxi
truck: pickup truck
motorcycle: moped
vehicle: scooter, boat, train
aircraft: airplane
airplane: jet
boat: ship, sailboat, rowboat
sign: number plate, placard, billboard, banner, stop sign
lamp: streetlamp, string light
light fixture: lamp, traffic light
road marking: crosswalk
mark: road marking
furniture: bookcase, cabinet, bed
support: shelf
appliance: fridge, oven, stove, microwave
device: appliance, fire hydrant, parking meter, painter's palette
plant: houseplant, potted plant, foliage
tree: palm tree, pine tree, christmas tree
flower: rose, tulip, daisy, sunflower, lily
picture: graffiti, mural, painting, photo, portrait, emoji
emblem: logo
label: sticker
shop: shopfront
building: skyscraper, church, hut, barn, lighthouse, tower
house: cottage, cabin
beach: shore
way: road
road: street
path: trail
hill: hillside
landform: hill, mountain
precipitation: snow
floor covering: carpet
sofa: settee, loveseat
chair: armchair, stool, high chair
armchair: recliner
cushion: pillow
window covering: curtain, blind
structure: fireplace, hull
food: hot dog, burger, sandwich, pizza, french fries, doughnut, cake, bread, fruit, vegetable, egg
fruit: apple, banana, grape, grapes, orange, lemon
drink: coffee, tea, beer, wine, juice
liquid: water
helmet: bicycle helmet
cap: beanie
glasses: sunglasses
page: web page
computer: laptop
ball: soccer ball, football, basketball, tennis ball
bat: baseball bat
toy: teddy bear, stuffed animal, doll, balloon
bird: swan, duck, goose, parrot, eagle, seagull, owl, chicken
chicken: hen, rooster
animal: cow, bull, sheep, goat, horse, elephant, fish
horse: pony
insect: butterfly
photo: selfie
group: crowd
wood: tree trunk
body part: face, arm, hand, leg, eye
body covering: hair, fur
garment: coat, scarf, apron, dress, robe
weapon: bow and arrow
`;
