# language: vi
Tính năng: Bảng mục tiêu
  Để báo cáo đúng thực tế,
  cán bộ Sở xem mục tiêu 5, 4 và 1 theo định nghĩa đã thống nhất,
  tử số và mẫu số đứng trước tỷ lệ, văn bản chưa rà soát không tính là đạt.

  Tình huống: Văn bản chưa rà soát không được tính là đạt
    Biết xã "Bình Lư" có 3 quy ước đang có hiệu lực, 1 đã rà soát và sạch, 1 có điều khoản trái luật được xác nhận
    Khi cán bộ mở bảng mục tiêu 5
    Thì trang ghi C/A là "1/3" và K/A là "2/3"
    Và trang ghi còn 1 văn bản chưa rà soát

  Tình huống: Mỗi con số dẫn tới danh sách văn bản
    Biết xã "Bình Lư" có 3 quy ước đang có hiệu lực, 1 đã rà soát và sạch, 1 có điều khoản trái luật được xác nhận
    Khi cán bộ mở bảng mục tiêu 5
    Và bấm vào con số "clean" của toàn tỉnh
    Thì danh sách có đúng 1 văn bản

  Tình huống: Chưa có dữ liệu thì không có tỷ lệ
    Khi cán bộ mở bảng mục tiêu 5
    Thì trang ghi "chưa có dữ liệu"

  Tình huống: Toà soạn áp dụng khi đủ bốn điều kiện
    Biết toà soạn đã gửi bảng hỏi loại A
    Và Sở đã nhận quyết định, báo cáo và kế hoạch hành động
    Khi cán bộ mở bảng mục tiêu 4
    Thì trang ghi "thí điểm"
    Khi Sở đo 40 tin bài của toà soạn
    Và cán bộ mở bảng mục tiêu 4
    Thì trang ghi "chính thức"

  Tình huống: Xã có hai cuộc truyền thông thì đạt mục tiêu 1
    Biết sổ truyền thông có 2 cuộc của xã "Bình Lư" trong năm
    Khi cán bộ mở bảng mục tiêu 1
    Thì trang ghi "1/38"
